// SPDX-License-Identifier: GPL-3.0-or-later
// The model of one session script: what the parser makes, the checks judge, the printer prints, and
// the planner fits to a length. Plain data in one arena; nothing in it changes after session_load.
#ifndef LOOSEN_SESSION_H
#define LOOSEN_SESSION_H

#include "diagnostic.h"
#include "duration.h"
#include "error.h"

enum {
    SESSION_FILE_MAX = 4 * 1024 * 1024, // bytes a file
    SESSION_LINE_MAX = 64 * 1024,       // bytes a line
    SESSION_NESTING_MAX = 16,           // blocks in blocks
    SESSION_EVENTS_MAX = 100000,        // timeline events, at any length
    SESSION_UTTERANCE_MAX = 1000,       // bytes of one spoken line after expansion
    SESSION_PAUSE_LEAST_PERCENT = 60,   // "@pause 2s" may shrink to this ...
    SESSION_PAUSE_MOST_PERCENT = 160,   // ... and grow to this
    SESSION_RAMP_LEAST = 3, // breaths of "@breathe ramp" without limits: a micro-break ...
    SESSION_RAMP_MOST = 11, // ... to the gentlest slope
    SESSION_SIGHS_MOST = 3, // in a row
};

#define SESSION_BOUT_MOST ((int64_t)10 * 60 * FRAME_RATE) // of paced breathing without a break

#define SESSION_LENGTH_LEAST ((int64_t)2 * 60 * FRAME_RATE) // a session is 2 min ...
#define SESSION_LENGTH_MOST ((int64_t)90 * 60 * FRAME_RATE) // ... to 90 min

struct place {
    int line;   // 1-based
    int column; // 1-based, in characters
};

// How readily a line or block is left out: no mark, "+", "++", "~".
enum level { LEVEL_MUST, LEVEL_CORE, LEVEL_EXTRA, LEVEL_PRESENCE };

// Which pass of @sides a node belongs to: both, or only the first or second ("first:", "second:").
enum pass { PASS_BOTH, PASS_FIRST, PASS_SECOND };

// Whether a node is there only where the breath is led, or only where it is left to itself
// ("paced:", "natural:").
enum breathing { BREATHING_ANY, BREATHING_PACED, BREATHING_NATURAL };

// Where in a breath a line begins that is said in a touch or a movement ("in:", "out:").
enum breath_mark { MARK_ANYWHERE, MARK_IN, MARK_OUT };

enum side { SIDE_NONE, SIDE_LEFT, SIDE_RIGHT, SIDE_COUNT };

enum node_type {
    NODE_LINE,    // one spoken clip
    NODE_PAUSE,   // silence after the node before it, whose marks it has; dropped with it
    NODE_REST,    // quiet time; children: its presence lines, in order
    NODE_BREATHE, // a paced bout of whole breaths
    NODE_CONTACT, // timed touch; children: what is said and waited meanwhile
    NODE_MOVE,    // a timed movement or stretch; children likewise
    NODE_SIDES,   // children once per side
    NODE_REPEAT,  // children in rounds
    NODE_NOTICE,  // the shared notice; children: its lines, copied in by session_load
    NODE_SCENE,   // change of the ambient scene
    NODE_CHIME,   // one soft cue
};

enum pattern_type { PATTERN_RAMP, PATTERN_PACED, PATTERN_SIGH, PATTERN_NATURAL };

// A breath pattern at the script's own pace of 6 breaths a minute; the listener's rate scales paced
// periods and the ramp's end, never the ratio.
struct pattern {
    enum pattern_type type;
    struct text name;   // as written: "ramp", "tide", "4-6"
    int64_t in_frames;  // PATTERN_PACED
    int64_t out_frames; // PATTERN_PACED
    int64_t
        hold_frames; // turn-around after the in-breath, 0..2 s (an explicit IN-HOLD-OUT); else 0
};

// One piece of a spoken line.
enum part_type { PART_LITERAL, PART_LENGTH, PART_SIDE, PART_OTHER };

struct part {
    enum part_type type;
    struct text shown;  // PART_LITERAL: for captions
    struct text spoken; // PART_LITERAL: for the voice; the same text unless {shown|spoken}
};

struct range {
    int64_t least; // frames
    int64_t most;  // frames, >= least
};

struct node {
    enum node_type type;
    struct place place; // of the first byte after the level mark
    struct text file;   // whose line this is: the script, or the notices file
    enum level level;
    enum pass pass;
    enum breathing breathing;
    struct node *next;     // sibling
    struct node *children; // first child, for REST, CONTACT, MOVE, SIDES, REPEAT, NOTICE
    struct text *tags;     // "G24", "E1": NODE_LINE only
    size_t tag_count;
    union {
        struct {
            struct part *parts;
            size_t part_count;
            size_t index; // 0 .. session.line_count - 1, unique over script and notices
            enum breath_mark mark;
            bool half; // "half:": said only about the middle of the session
            int64_t
                action_frames; // least quiet behind it: what it asks of the body takes this long
        } line;
        struct {
            struct range frames; // "@pause 2s": least and most as the elastic limits around it
            int64_t natural;     // the written duration, or the middle of D..D
            bool ranged;         // written as D..D
        } pause;
        struct {
            struct range frames;
        } rest;
        struct {
            struct pattern pattern;
            bool counted; // limits are breaths, not time; so also for ramp and sigh by default
            struct range frames; // when !counted: D..D, or 0..10 min when nothing is written
            int least_breaths, most_breaths; // when counted
        } breathe;
        struct {
            struct text region, tool, surface; // surface empty when not written
            int pressure_least, pressure_most; // of 10
            bool counted;                      // limits are breaths, not time
            struct range frames;               // when !counted
            int least_breaths, most_breaths;   // when counted
        } contact;
        struct {
            struct text name;
            bool counted; // as of contact
            struct range frames;
            int least_breaths, most_breaths;
        } move;
        struct {
            enum side order[2];
        } sides;
        struct {
            int least, most; // rounds
        } repeat;
        struct {
            struct text kind; // pressure, movement, short, breath
        } notice;
        struct {
            struct text name;
        } scene;
    } as;
};

// "30s at 6m": this long when the session is that long.
struct shape_point {
    int64_t at_frames;     // session length, ascending
    int64_t target_frames; // section length
};

struct section {
    struct text name;
    struct place place;
    struct shape_point *shape; // NULL: takes its natural share
    size_t shape_count;
    struct node *first;
};

#define SESSION_SCENE_DEFAULT "shore"

// How a session ends: with a way back, or in sleep. One that ends in sleep has must rests without
// presence lines, and nothing else, in its last section.
enum ending { ENDING_RETURN, ENDING_SLEEP };

enum { WORDS_SCENES_MAX = 64, WORDS_COMPANY_MAX = 40 };

// How captions tell of a scene.
struct words_scene {
    struct text name; // of the scene: "shore"
    struct text text;
};

// Words of one language that loosen says by itself: scripts/LANG/words.
struct words {
    struct text language;
    struct text side[SIDE_COUNT]; // "left", "right"
    struct text breathe_in;       // spoken on the first two breaths of a bout
    struct text breathe_out;
    struct text farewell;                   // when a listener ends a session early
    struct text notice_volume;              // printed below the safety notice
    struct text notice_begin;               // which keys confirm it, and leave
    struct text company[WORDS_COMPANY_MAX]; // where the breath is left to itself for long
    size_t company_count;
    struct text number[100];  // number[12] = "twelve"; empty: not given
    struct text one_minute;   // "one minute"
    struct text minutes;      // "{n} minutes"
    struct text minutes_half; // "{n} and a half minutes"
    struct text about;        // "about {length}", for lengths that are no half minutes

    // For captions, which put them in brackets.
    struct text caption_in; // while the breath goes in
    struct text caption_out;
    struct text caption_hold;
    struct text caption_chime;
    struct text caption_quiet;                   // "quiet, {length}"
    struct words_scene scenes[WORDS_SCENES_MAX]; // those that the language knows
    size_t scene_count;
};

struct session {
    struct arena arena; // everything below
    struct text file;   // as the user named it
    struct text id;     // file name without folder and ".session"
    struct text title, summary, when, language, position, needs, scene, notice;
    struct range length;       // frames: what the header promises
    int64_t natural;           // frames
    struct place length_place; // of the header's `length`; of a plain text, its title
    struct place scene_place;  // of the header's `scene`; line 0: none
    struct section *sections;
    size_t section_count;
    int notice_version; // of its language's notices: raised with every change of their words
    enum ending ending;
    bool breathes_free; // "breath: free": no breath accompanies touch and movement
    size_t line_count;  // spoken lines, notices included
    struct words words; // of its language
    bool plain;         // a text file without header: defaults were filled in
};

// Where a session's language data lie: DIR/LANG/words and DIR/LANG/notices, DIR/LANG/ID.session.
struct session_source {
    const char *scripts_dir; // e.g. ".../share/loosen/scripts"
};

// Parse and check the script in `data`, reporting every fault to `list` (whose `file` is the name
// used in messages), in order of place. On STATUS_OK *session is filled and owned by the caller; on
// STATUS_BAD_INPUT list->errors > 0, `error` counts them, and *session is untouched. Warnings alone
// still mean STATUS_OK. The notices and words of the session's language are read from `source`;
// faults in them are reported at the script's `language`, naming that file and line. Thread-safe;
// no state.
enum status session_parse(struct session *session, struct text data,
                          const struct session_source *source, struct diagnostics *list,
                          struct error *error);

// Read the file at `path` (regular file, at most SESSION_FILE_MAX) and session_parse it.
// STATUS_NOT_FOUND, STATUS_IO with `error` set, or as session_parse.
enum status session_load(struct session *session, const char *path,
                         const struct session_source *source, struct diagnostics *list,
                         struct error *error);

void session_free(struct session *session);

// The canonical text: parsing it gives the same model (places apart), and printing that gives the
// same text. Comments are not kept.
void session_print(const struct session *session, struct buffer *out);

// ---- What is spoken -----------------------------------------------------------------------------

// Where an utterance is shown otherwise than it is spoken: "{2|two}". Offsets and sizes are bytes.
struct respelling {
    size_t spoken_first, spoken_size;
    size_t shown_first, shown_size;
};

// One distinct text for the voice, and how captions show it.
struct utterance {
    struct text spoken; // cleaned: no controls, no "[["; not empty
    struct text shown;
    const struct respelling *respellings; // ascending; between them the two texts are the same
    size_t respelling_count;
};

enum { UTTERANCE_NONE = -1 };

// All that a session can say at one length, each distinct text once.
struct utterances {
    struct arena arena;
    struct utterance *items;
    size_t count;
    int *by_line; // [line_count * SIDE_COUNT]: utterance of line i on side s, or UTTERANCE_NONE
    int cue_in;   // utterance of words.breathe_in
    int cue_out;
    int farewell; // utterance of words.farewell, or UTTERANCE_NONE
    int *company; // utterances of words.company, in the arena
    size_t company_count;
};

// Expand every line for a session of `length_frames`: "{length}" in words, "{side}" and "{other}"
// for each side that can occur. STATUS_NO_MEMORY or STATUS_OK. Free with utterances_free.
enum status utterances_build(struct utterances *utterances, const struct session *session,
                             int64_t length_frames, struct error *error);
void utterances_free(struct utterances *utterances);

// Add the words for an early end, which only a live session can need.
enum status utterances_add_farewell(struct utterances *utterances, const struct session *session,
                                    struct error *error);

// Add the lines for a breath that is left to itself.
enum status utterances_add_company(struct utterances *utterances, const struct session *session,
                                   struct error *error);

// Where a piece of what is spoken is shown: bytes *first and *size of `spoken` become those of
// `shown`, widened to whole respellings. False when nothing is shown for them, or they lie outside.
bool utterance_shown(const struct utterance *utterance, size_t *first, size_t *size);

// Whether the script itself leaves a breath to itself ("@breathe natural").
bool session_breathes_freely(const struct session *session);

// Index of what `line` says on `side` (SIDE_NONE outside @sides).
int utterances_find(const struct utterances *utterances, const struct node *line, enum side side);

// How captions tell of the scene `name`; empty when the language has no words for it.
struct text words_scene(const struct words *words, struct text name);

// "quiet, two minutes": to the half minute.
void words_quiet(const struct words *words, int64_t length_frames, struct buffer *out);

// "ten minutes", "seven and a half minutes", "about eight minutes".
void words_length(const struct words *words, int64_t length_frames, struct buffer *out);

#endif
