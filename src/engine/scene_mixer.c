// SPDX-License-Identifier: GPL-3.0-or-later
// Two scenes at most sound at once; a change fades by sine and cosine.
#include "scene_mixer.h"

#include "curve.h"
#include <string.h>

enum status scene_mixer_init(struct scene_mixer *mixer, const struct engine_config *config,
                             struct error *error)
{
    *mixer = (struct scene_mixer){.arena = ARENA_INIT};
    mixer->parts = arena_array(&mixer->arena, config->scene_count + 1, sizeof *mixer->parts);
    if (!mixer->parts)
        return error_no_memory(error);
    enum status status = STATUS_OK;
    for (size_t i = 0; i < config->scene_count && status == STATUS_OK; i++) {
        struct scene_mixer_part *part = &mixer->parts[mixer->count++];
        part->gain = config->scenes[i].gain;
        part->name = arena_copy(&mixer->arena, config->scenes[i].name);
        status = part->name.data
                     ? scene_new(&part->scene, config->scenes[i].recipe, config->seed, error)
                     : error_no_memory(error);
    }
    if (status != STATUS_OK)
        scene_mixer_deinit(mixer);
    return status;
}

void scene_mixer_deinit(struct scene_mixer *mixer)
{
    for (size_t i = 0; i < mixer->count; i++)
        scene_free(mixer->parts[i].scene);
    arena_free(&mixer->arena);
    *mixer = (struct scene_mixer){.arena = ARENA_INIT};
}

// ---- Changes ------------------------------------------------------------------------------------

static bool find(const struct scene_mixer *mixer, struct text name, size_t *index)
{
    for (size_t i = 0; i < mixer->count; i++) {
        if (text_equal(mixer->parts[i].name, name)) {
            *index = i;
            return true;
        }
    }
    return false;
}

static void add_change(struct scene_mixer *mixer, int64_t frame, size_t to)
{
    size_t count = mixer->change_count;
    if (to != (count > 0 ? mixer->changes[count - 1].to : 0))
        mixer->changes[mixer->change_count++] =
            (struct scene_mixer_change){frame - frame % SCENE_QUANTUM, to};
}

enum status scene_mixer_build(struct scene_mixer *mixer, struct arena *arena,
                              const struct timeline *timeline, int64_t frame, struct error *error)
{
    size_t count = 0;
    for (size_t i = 0; i < timeline->event_count; i++)
        count += timeline->events[i].type == EVENT_SCENE;
    mixer->changes = arena_array(arena, count + 1, sizeof *mixer->changes);
    if (!mixer->changes)
        return error_no_memory(error);
    mixer->change_count = mixer->change_at = 0;
    for (size_t i = 0; i < timeline->event_count; i++) {
        const struct event *event = &timeline->events[i];
        size_t to;
        if (event->type == EVENT_SCENE && find(mixer, event->as.scene.name, &to))
            add_change(mixer, event->start_frame, to);
    }
    scene_mixer_catch_up(mixer, frame);
    return STATUS_OK;
}

void scene_mixer_catch_up(struct scene_mixer *mixer, int64_t frame)
{
    size_t at = 0;
    while (at < mixer->change_count && mixer->changes[at].start_frame < frame)
        at++;
    size_t wanted = at > 0 ? mixer->changes[at - 1].to : 0;
    mixer->change_at = at;
    if (at > 0 && wanted != mixer->next)
        mixer->change_at = at - 1; // it waits, or the plan was another then
}

// ---- States -------------------------------------------------------------------------------------

struct scenery_state {
    size_t now, next;
    int64_t fade_start;
};

// Room for the larger of any two scenes, each rounded up so that what follows is aligned.
static size_t part_size(const struct scene_mixer *mixer)
{
    size_t most = 0;
    for (size_t i = 0; i < mixer->count; i++) {
        size_t size = scene_state_size(mixer->parts[i].scene);
        most = size > most ? size : most;
    }
    return (most + 15) / 16 * 16;
}

size_t scene_mixer_state_size(const struct scene_mixer *mixer)
{
    return sizeof(struct scenery_state) + 2 * part_size(mixer);
}

void scene_mixer_save(const struct scene_mixer *mixer, void *state)
{
    const struct scenery_state own = {mixer->now, mixer->next, mixer->fade_start};
    char *to = state;
    memcpy(to, &own, sizeof own);
    if (mixer->count == 0)
        return;
    scene_save(mixer->parts[own.now].scene, to + sizeof own);
    if (own.next != own.now)
        scene_save(mixer->parts[own.next].scene, to + sizeof own + part_size(mixer));
}

void scene_mixer_restore(struct scene_mixer *mixer, const void *state)
{
    struct scenery_state own;
    const char *from = state;
    memcpy(&own, from, sizeof own);
    mixer->now = own.now;
    mixer->next = own.next;
    mixer->fade_start = own.fade_start;
    if (mixer->count == 0)
        return;
    scene_restore(mixer->parts[own.now].scene, from + sizeof own);
    if (own.next != own.now)
        scene_restore(mixer->parts[own.next].scene, from + sizeof own + part_size(mixer));
}

// ---- Sound --------------------------------------------------------------------------------------

void scene_mixer_reset(struct scene_mixer *mixer, const struct scene_swell *swell)
{
    mixer->now = mixer->next = 0;
    mixer->change_at = 0;
    if (mixer->count > 0)
        scene_reset(mixer->parts[0].scene, swell);
}

static void begin_fade(struct scene_mixer *mixer, int64_t frame, const struct scene_swell *swell)
{
    const struct scene_mixer_change *change = &mixer->changes[mixer->change_at++];
    if (change->to == mixer->now)
        return; // a re-fitted timeline may ask for what is there
    mixer->next = change->to;
    mixer->fade_start = frame;
    scene_reset(mixer->parts[change->to].scene, swell);
}

// A change that comes during another waits for its end.
static void follow_changes(struct scene_mixer *mixer, int64_t frame,
                           const struct scene_swell *swell)
{
    if (frame >= mixer->fade_start + SCENE_MIXER_FADE_FRAMES)
        mixer->now = mixer->next;
    if (mixer->now == mixer->next && mixer->change_at < mixer->change_count &&
        mixer->changes[mixer->change_at].start_frame <= frame)
        begin_fade(mixer, frame, swell);
}

// Cosine and sine of the cross-fade's angle.
static void fade_at(const struct scene_mixer *mixer, int64_t frame, double gains[2])
{
    double turns = (double)(frame - mixer->fade_start) / (double)SCENE_MIXER_FADE_FRAMES / 4;
    gains[0] = curve_sine(0.25 + turns);
    gains[1] = curve_sine(turns);
}

// Render a part, its gain going from `from` to `to`.
static void render_part(struct scene_mixer_part *part, const struct scene_swell *swell, double from,
                        double to, float *stereo)
{
    scene_process(part->scene, swell, (double[]){part->gain * from, part->gain * to}, stereo);
}

void scene_mixer_render(struct scene_mixer *mixer, int64_t frame, const struct scene_swell *swell,
                        const double gains[2], float *stereo)
{
    follow_changes(mixer, frame, swell);
    struct scene_mixer_part *now = &mixer->parts[mixer->now];
    if (mixer->now == mixer->next) {
        render_part(now, swell, gains[0], gains[1], stereo);
        return;
    }
    struct scene_mixer_part *next = &mixer->parts[mixer->next];
    float other[2 * SCENE_QUANTUM];
    double from[2], to[2];
    fade_at(mixer, frame, from);
    fade_at(mixer, frame + SCENE_QUANTUM, to);
    render_part(now, swell, from[0] * gains[0], to[0] * gains[1], stereo);
    render_part(next, swell, from[1] * gains[0], to[1] * gains[1], other);
    for (size_t i = 0; i < 2 * SCENE_QUANTUM; i++)
        stereo[i] += other[i];
}
