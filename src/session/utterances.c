// SPDX-License-Identifier: GPL-3.0-or-later
// Every line is expanded for each side on which it can be spoken, cleaned for the voice, and kept
// once: a hash table over (spoken, shown) finds what is there already.
#include "utterances.h"

#include "letter.h"
#include "session_limits.h"
#include "unicode.h"

#include <stdlib.h>

struct build {
    struct utterances *utterances;
    const struct session *session;
    struct text length; // in words
    struct text left;   // in words, at the middle of the session
    struct buffer spoken, shown;
    size_t capacity;              // of items
    int *table;                   // slots of utterance index + 1; 0: free
    size_t slots;                 // a power of two, more than twice the items
    struct respelling *respelled; // of the line in hand; owned
    size_t respelled_count;
    bool failed;
};

static uint64_t hash(struct text spoken, struct text shown)
{
    uint64_t h = 0xCBF29CE484222325u; // FNV-1a, 64 bit
    for (size_t i = 0; i < spoken.size; i++)
        h = (h ^ (unsigned char)spoken.data[i]) * 0x100000001B3u;
    h *= 0x100000001B3u; // a separator
    for (size_t i = 0; i < shown.size; i++)
        h = (h ^ (unsigned char)shown.data[i]) * 0x100000001B3u;
    return h ^ (h >> 32);
}

// Append `view` with runs of blanks as one, and without brackets doubled: "[[" begins phoneme codes
// in the voice's language.
static void add_clean(struct buffer *out, struct text view)
{
    size_t offset = 0;
    uint32_t c, before = 0;
    for (size_t start = 0; text_next(view, &offset, &c); start = offset, before = c) {
        char last = out->size > 0 ? out->data[out->size - 1] : ' ';
        bool dropped = unicode_is_control(c) || unicode_is_hidden(c, before);
        if (unicode_is_space(c) && last != ' ')
            buffer_add_byte(out, ' ');
        else if (!unicode_is_space(c) && !dropped && !(c == '[' && last == '['))
            buffer_add(out, text_head(text_skip(view, start), offset - start));
    }
}

// The parser refuses {side} and {other} where there is no side.
static struct text side_word(const struct build *build, enum side side, bool other)
{
    if (other)
        side = side == SIDE_LEFT ? SIDE_RIGHT : SIDE_LEFT;
    return build->session->words.side[side];
}

static void begin_text(struct build *build)
{
    buffer_clear(&build->spoken);
    buffer_clear(&build->shown);
    build->respelled_count = 0;
}

// A part that was added behind `spoken_first` and `shown_first` bytes is shown otherwise.
static void note_respelling(struct build *build, size_t spoken_first, size_t shown_first)
{
    struct respelling *grown =
        realloc(build->respelled, (build->respelled_count + 1) * sizeof *build->respelled);
    build->failed |= !grown;
    if (!grown)
        return;
    build->respelled = grown;
    grown[build->respelled_count++] = (struct respelling){
        .spoken_first = spoken_first,
        .spoken_size = build->spoken.size - spoken_first,
        .shown_first = shown_first,
        .shown_size = build->shown.size - shown_first,
    };
}

// A part that is shown as it is spoken added this much to the texts. If that is not the same, a
// blank at its front fell away in one of them: the other's belongs to the respelling before it.
static void align(struct build *build, size_t spoken_size, size_t shown_size)
{
    size_t both = spoken_size < shown_size ? spoken_size : shown_size;
    if (build->respelled_count == 0)
        return;
    struct respelling *last = &build->respelled[build->respelled_count - 1];
    last->spoken_size += spoken_size - both;
    last->shown_size += shown_size - both;
}

// Whether what is added to `out` begins a sentence.
static bool begins_sentence(const struct buffer *out)
{
    size_t size = out->size;
    while (size > 0 && out->data[size - 1] == ' ')
        size--;
    if (size == 0)
        return true;
    char last = out->data[size - 1];
    return size < out->size && (last == '.' || last == '!' || last == '?');
}

static void raise_first(struct buffer *out, size_t first)
{
    if (!out->failed && out->size > first)
        letter_raise(out->data + first, out->size - first);
}

static void expand(struct build *build, const struct node *line, enum side side)
{
    begin_text(build);
    for (size_t i = 0; i < line->as.line.part_count; i++) {
        const struct part *part = &line->as.line.parts[i];
        struct text spoken = part->spoken, shown = part->shown;
        if (part->type == PART_LENGTH)
            spoken = shown = build->length;
        else if (part->type == PART_LEFT)
            spoken = shown = build->left;
        else if (part->type != PART_LITERAL)
            spoken = shown = side_word(build, side, part->type == PART_OTHER);
        size_t spoken_first = build->spoken.size, shown_first = build->shown.size;
        bool begins = part->type != PART_LITERAL && begins_sentence(&build->spoken);
        add_clean(&build->spoken, spoken);
        add_clean(&build->shown, shown);
        if (begins) {
            raise_first(&build->spoken, spoken_first);
            raise_first(&build->shown, shown_first);
        }
        if (text_equal(spoken, shown))
            align(build, build->spoken.size - spoken_first, build->shown.size - shown_first);
        else
            note_respelling(build, spoken_first, shown_first);
    }
    build->failed |= build->spoken.failed || build->shown.failed;
}

static bool grow_items(struct build *build)
{
    struct utterances *u = build->utterances;
    if (u->count < build->capacity)
        return true;
    size_t capacity = build->capacity ? 2 * build->capacity : 64;
    struct utterance *items = arena_array(&u->arena, capacity, sizeof *items);
    if (!items)
        return false;
    for (size_t i = 0; i < u->count; i++)
        items[i] = u->items[i];
    u->items = items;
    build->capacity = capacity;
    return true;
}

static void place_in_table(struct build *build, int index)
{
    const struct utterance *item = &build->utterances->items[index];
    size_t slot = (size_t)hash(item->spoken, item->shown) & (build->slots - 1);
    while (build->table[slot])
        slot = (slot + 1) & (build->slots - 1);
    build->table[slot] = index + 1;
}

static bool grow_table(struct build *build)
{
    if (build->slots > 2 * (build->utterances->count + 1))
        return true;
    size_t slots = build->slots ? 2 * build->slots : 256;
    int *table = calloc(slots, sizeof *table);
    if (!table)
        return false;
    free(build->table);
    build->table = table;
    build->slots = slots;
    for (size_t i = 0; i < build->utterances->count; i++)
        place_in_table(build, (int)i);
    return true;
}

static int find_in_table(const struct build *build, struct text spoken, struct text shown)
{
    size_t slot = (size_t)hash(spoken, shown) & (build->slots - 1);
    while (build->table[slot]) {
        const struct utterance *item = &build->utterances->items[build->table[slot] - 1];
        if (text_equal(item->spoken, spoken) && text_equal(item->shown, shown))
            return build->table[slot] - 1;
        slot = (slot + 1) & (build->slots - 1);
    }
    return UTTERANCE_NONE;
}

// A copy of the respellings of the line in hand; NULL when out of memory.
static struct respelling *keep_respellings(struct build *build)
{
    struct respelling *kept =
        arena_array(&build->utterances->arena, build->respelled_count + 1, sizeof *kept);
    for (size_t i = 0; kept && i < build->respelled_count; i++)
        kept[i] = build->respelled[i];
    return kept;
}

// The index of what the two buffers hold, new or known.
static int keep(struct build *build)
{
    struct utterances *u = build->utterances;
    struct text spoken = text_trim(buffer_text(&build->spoken)),
                shown = text_trim(buffer_text(&build->shown));
    if (build->failed || spoken.size == 0)
        return UTTERANCE_NONE;
    if (!grow_table(build)) {
        build->failed = true;
        return UTTERANCE_NONE;
    }
    int index = find_in_table(build, spoken, shown);
    if (index != UTTERANCE_NONE)
        return index;
    struct utterance item = {.spoken = arena_copy(&u->arena, spoken),
                             .shown = arena_copy(&u->arena, shown),
                             .respellings = keep_respellings(build),
                             .respelling_count = build->respelled_count};
    if (!item.spoken.data || !item.shown.data || !item.respellings || !grow_items(build)) {
        build->failed = true;
        return UTTERANCE_NONE;
    }
    u->items[u->count] = item;
    place_in_table(build, (int)u->count);
    return (int)u->count++;
}

static void note_place(struct build *build, int index, const struct node *line)
{
    struct utterance *item = index == UTTERANCE_NONE ? NULL : &build->utterances->items[index];
    if (item && item->file.size == 0) {
        item->file = line->file;
        item->place = line->place;
    }
}

static void add_line(struct build *build, const struct node *line, const struct node *sides)
{
    int *entry = build->utterances->by_line + line->as.line.index * SIDE_COUNT;
    for (int side = 0; side < SIDE_COUNT; side++) {
        entry[side] = UTTERANCE_NONE;
        bool spoken = sides ? side != SIDE_NONE : side == SIDE_NONE;
        if (sides && line->pass != PASS_BOTH)
            spoken = side == (int)sides->as.sides.order[line->pass == PASS_SECOND];
        if (!spoken)
            continue;
        expand(build, line, (enum side)side);
        entry[side] = keep(build);
        note_place(build, entry[side], line);
    }
}

static void add_nodes(struct build *build, const struct node *list, const struct node *sides)
{
    for (const struct node *node = list; node && !build->failed; node = node->next) {
        if (node->type == NODE_LINE)
            add_line(build, node, sides);
        add_nodes(build, node->children, node->type == NODE_SIDES ? node : sides);
    }
}

static int add_word(struct build *build, struct text word)
{
    begin_text(build);
    add_clean(&build->spoken, word);
    add_clean(&build->shown, word);
    build->failed |= build->spoken.failed || build->shown.failed;
    return keep(build);
}

// Go on behind what was built.
static struct build reopen(struct utterances *utterances, const struct session *session)
{
    struct build build = {
        .utterances = utterances, .session = session, .capacity = utterances->count, .slots = 1};
    while (2 * build.slots <= 2 * (utterances->count + 1))
        build.slots *= 2; // half of what the table will have
    return build;
}

static enum status close_build(struct build *build, struct error *error)
{
    free(build->table);
    free(build->respelled);
    buffer_free(&build->spoken);
    buffer_free(&build->shown);
    return build->failed ? error_no_memory(error) : STATUS_OK;
}

enum status utterances_build(struct utterances *utterances, const struct session *session,
                             int64_t length_frames, struct error *error)
{
    *utterances = (struct utterances){
        .cue_in = UTTERANCE_NONE, .cue_out = UTTERANCE_NONE, .closing = UTTERANCE_NONE};
    struct buffer length = BUFFER_INIT, left = BUFFER_INIT;
    words_length(&session->words, length_frames, &length);
    words_left(&session->words, length_frames, &left);
    struct build build = {.utterances = utterances,
                          .session = session,
                          .length = buffer_text(&length),
                          .left = buffer_text(&left),
                          .failed = length.failed || left.failed};
    utterances->by_line = arena_array(&utterances->arena, session->line_count * SIDE_COUNT + 1,
                                      sizeof *utterances->by_line);
    build.failed |= !utterances->by_line;
    for (size_t i = 0; i < session->section_count; i++)
        add_nodes(&build, session->sections[i].first, NULL);
    utterances->cue_in = add_word(&build, session->words.breathe_in);
    utterances->cue_out = add_word(&build, session->words.breathe_out);
    buffer_free(&length);
    buffer_free(&left);
    enum status status = close_build(&build, error);
    if (status)
        utterances_free(utterances);
    return status;
}

enum status utterances_add_closing(struct utterances *utterances, const struct session *session,
                                   struct error *error)
{
    struct build build = reopen(utterances, session);
    utterances->closing = add_word(&build, session->words.closing);
    return close_build(&build, error);
}

enum status utterances_add_filler(struct utterances *utterances, const struct session *session,
                                  struct error *error)
{
    const struct words *words = &session->words;
    struct build build = reopen(utterances, session);
    utterances->filler_count = 0;
    utterances->filler =
        arena_array(&utterances->arena, words->filler_count + 1, sizeof *utterances->filler);
    build.failed = !utterances->filler;
    for (size_t i = 0; i < words->filler_count && !build.failed; i++) {
        int utterance = add_word(&build, words->filler[i]);
        if (utterance != UTTERANCE_NONE)
            utterances->filler[utterances->filler_count++] = utterance;
    }
    return close_build(&build, error);
}

void utterances_free(struct utterances *utterances)
{
    if (!utterances)
        return;
    arena_free(&utterances->arena);
    *utterances = (struct utterances){
        .cue_in = UTTERANCE_NONE, .cue_out = UTTERANCE_NONE, .closing = UTTERANCE_NONE};
}

int utterances_find(const struct utterances *utterances, const struct node *line, enum side side)
{
    return utterances->by_line[line->as.line.index * SIDE_COUNT + (size_t)side];
}

// Where byte `at` of `spoken` is in `shown`. Inside a respelling: its begin, or its `end`.
static size_t shown_at(const struct utterance *utterance, size_t at, bool end)
{
    size_t spoken = 0, shown = 0; // the same place in both
    for (size_t i = 0; i < utterance->respelling_count; i++) {
        const struct respelling *r = &utterance->respellings[i];
        if (at < r->spoken_first + end)
            break;
        if (at < r->spoken_first + r->spoken_size + end)
            return r->shown_first + (end ? r->shown_size : 0);
        spoken = r->spoken_first + r->spoken_size;
        shown = r->shown_first + r->shown_size;
    }
    return shown + (at - spoken);
}

bool utterance_shown(const struct utterance *utterance, size_t *first, size_t *size)
{
    if (*size == 0 || *first > utterance->spoken.size || *size > utterance->spoken.size - *first)
        return false;
    size_t begin = shown_at(utterance, *first, false);
    size_t end = shown_at(utterance, *first + *size, true);
    if (begin >= utterance->shown.size || end <= begin)
        return false;
    struct text word = text_trim(text_head(text_skip(utterance->shown, begin), end - begin));
    *first = (size_t)(word.data - utterance->shown.data);
    *size = word.size;
    return word.size > 0;
}
