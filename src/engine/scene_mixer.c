// SPDX-License-Identifier: GPL-3.0-or-later
// Two scenes at most sound at once; a change fades by sine and cosine.
#include "scene_mixer.h"

#include "curve.h"
#include <string.h>

enum status scene_mixer_init(struct scene_mixer *scenery, const struct engine_config *config,
                             struct error *error)
{
    *scenery = (struct scene_mixer){.arena = ARENA_INIT};
    scenery->parts = arena_array(&scenery->arena, config->scene_count + 1, sizeof *scenery->parts);
    if (!scenery->parts)
        return error_no_memory(error);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < config->scene_count && status == STATUS_OK; i++) {
        struct scene_mixer_part *part = &scenery->parts[scenery->count++];
        part->gain = config->scenes[i].gain;
        part->name = arena_copy(&scenery->arena, config->scenes[i].name);
        status = part->name.data
                     ? scene_new(&part->scene, config->scenes[i].recipe, config->seed, error)
                     : error_no_memory(error);
    }
    if (status != STATUS_OK)
        scene_mixer_deinit(scenery);
    return status;
}

void scene_mixer_deinit(struct scene_mixer *scenery)
{
    for (size_t i = 0; i < scenery->count; i++)
        scene_free(scenery->parts[i].scene);
    arena_free(&scenery->arena);
    *scenery = (struct scene_mixer){.arena = ARENA_INIT};
}

// ---- Changes ------------------------------------------------------------------------------------

static bool find(const struct scene_mixer *scenery, struct text name, size_t *index)
{
    for (size_t i = 0; i < scenery->count; i++) {
        if (text_equal(scenery->parts[i].name, name)) {
            *index = i;
            return true;
        }
    }
    return false;
}

static void add_change(struct scene_mixer *scenery, int64_t frame, size_t to)
{
    size_t count = scenery->change_count;
    if (to != (count > 0 ? scenery->changes[count - 1].to : 0))
        scenery->changes[scenery->change_count++] =
            (struct scene_mixer_change){frame - frame % SCENE_QUANTUM, to};
}

enum status scene_mixer_build(struct scene_mixer *scenery, struct arena *arena,
                              const struct timeline *timeline, int64_t frame, struct error *error)
{
    size_t count = 0;
    for (size_t i = 0; i < timeline->event_count; i++)
        count += timeline->events[i].type == EVENT_SCENE;
    scenery->changes = arena_array(arena, count + 1, sizeof *scenery->changes);
    if (!scenery->changes)
        return error_no_memory(error);
    scenery->change_count = scenery->change_at = 0;
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct event *event = &timeline->events[i];
        size_t to;
        if (event->type == EVENT_SCENE && find(scenery, event->as.scene.name, &to))
            add_change(scenery, event->start_frame, to);
    }
    scene_mixer_catch_up(scenery, frame);
    return STATUS_OK;
}

void scene_mixer_catch_up(struct scene_mixer *scenery, int64_t frame)
{
    size_t at = 0;
    while (at < scenery->change_count && scenery->changes[at].start_frame < frame)
        at++;
    size_t wanted = at > 0 ? scenery->changes[at - 1].to : 0;
    scenery->change_at = at;
    if (at > 0 && wanted != scenery->next)
        scenery->change_at = at - 1; // it waits, or the plan was another then
}

// ---- States -------------------------------------------------------------------------------------

struct scenery_state {
    size_t now, next;
    int64_t fade_start;
};

// Room for the larger of any two scenes, each rounded up so that what follows is aligned.
static size_t part_size(const struct scene_mixer *scenery)
{
    size_t most = 0;
    for (size_t i = 0; i < scenery->count; i++) {
        size_t size = scene_state_size(scenery->parts[i].scene);
        most = size > most ? size : most;
    }
    return (most + 15) / 16 * 16;
}

size_t scene_mixer_state_size(const struct scene_mixer *scenery)
{
    return sizeof(struct scenery_state) + 2 * part_size(scenery);
}

void scene_mixer_save(const struct scene_mixer *scenery, void *state)
{
    const struct scenery_state own = {scenery->now, scenery->next, scenery->fade_start};
    char *to = state;
    memcpy(to, &own, sizeof own);
    if (scenery->count == 0)
        return;
    scene_save(scenery->parts[own.now].scene, to + sizeof own);
    if (own.next != own.now)
        scene_save(scenery->parts[own.next].scene, to + sizeof own + part_size(scenery));
}

void scene_mixer_restore(struct scene_mixer *scenery, const void *state)
{
    struct scenery_state own;
    const char *from = state;
    memcpy(&own, from, sizeof own);
    scenery->now = own.now;
    scenery->next = own.next;
    scenery->fade_start = own.fade_start;
    if (scenery->count == 0)
        return;
    scene_restore(scenery->parts[own.now].scene, from + sizeof own);
    if (own.next != own.now)
        scene_restore(scenery->parts[own.next].scene, from + sizeof own + part_size(scenery));
}

// ---- Sound --------------------------------------------------------------------------------------

void scene_mixer_reset(struct scene_mixer *scenery, const struct scene_swell *swell)
{
    scenery->now = scenery->next = 0;
    scenery->change_at = 0;
    if (scenery->count > 0)
        scene_reset(scenery->parts[0].scene, swell);
}

static void begin_fade(struct scene_mixer *scenery, int64_t frame, const struct scene_swell *swell)
{
    const struct scene_mixer_change *change = &scenery->changes[scenery->change_at++];
    if (change->to == scenery->now)
        return; // a re-fitted timeline may ask for what is there
    scenery->next = change->to;
    scenery->fade_start = frame;
    scene_reset(scenery->parts[change->to].scene, swell);
}

// A change that comes during another waits for its end.
static void follow_changes(struct scene_mixer *scenery, int64_t frame,
                           const struct scene_swell *swell)
{
    if (frame >= scenery->fade_start + SCENE_MIXER_FADE_FRAMES)
        scenery->now = scenery->next;
    if (scenery->now == scenery->next && scenery->change_at < scenery->change_count &&
        scenery->changes[scenery->change_at].start_frame <= frame)
        begin_fade(scenery, frame, swell);
}

// Cosine and sine of the cross-fade's angle.
static void fade_at(const struct scene_mixer *scenery, int64_t frame, double gains[2])
{
    double turns = (double)(frame - scenery->fade_start) / (double)SCENE_MIXER_FADE_FRAMES / 4;
    gains[0] = curve_sine(0.25 + turns);
    gains[1] = curve_sine(turns);
}

// Render a part, its gain going from `from` to `to`.
static void render_part(struct scene_mixer_part *part, const struct scene_swell *swell, double from,
                        double to, float *stereo)
{
    scene_process(part->scene, swell, (double[]){part->gain * from, part->gain * to}, stereo);
}

void scene_mixer_render(struct scene_mixer *scenery, int64_t frame, const struct scene_swell *swell,
                        const double gains[2], float *stereo)
{
    follow_changes(scenery, frame, swell);
    struct scene_mixer_part *now = &scenery->parts[scenery->now];
    if (scenery->now == scenery->next) {
        render_part(now, swell, gains[0], gains[1], stereo);
        return;
    }
    struct scene_mixer_part *next = &scenery->parts[scenery->next];
    float other[2 * SCENE_QUANTUM];
    double from[2], to[2];
    fade_at(scenery, frame, from);
    fade_at(scenery, frame + SCENE_QUANTUM, to);
    render_part(now, swell, from[0] * gains[0], to[0] * gains[1], stereo);
    render_part(next, swell, from[1] * gains[0], to[1] * gains[1], other);
    for (size_t i = 0; i < 2 * SCENE_QUANTUM; i++)
        stereo[i] += other[i];
}
