// SPDX-License-Identifier: GPL-3.0-or-later
// Everything the command line can say, parsed by one table that also prints --help.
#ifndef LOOSEN_SETTINGS_H
#define LOOSEN_SETTINGS_H

#include "buffer.h"
#include "error.h"

enum command {
    COMMAND_PLAY,
    COMMAND_EXPORT,
    COMMAND_PLAN,
    COMMAND_CHECK,
    COMMAND_LIST,
    COMMAND_VERIFY,
    COMMAND_COUNT,
};

enum { OPERANDS_MAX = 4096, GIVEN_MAX = 64, JOBS_MAX = 64 };

enum caption_format { CAPTION_VTT, CAPTION_SRT, CAPTION_LRC, CAPTION_TRANSCRIPT };

// An option as it was given: for handing on to another run of the program.
struct given_option {
    const char *name;  // long form, without dashes
    const char *value; // NULL: takes none; borrowed from argv
};

struct settings {
    const char *const *operands; // what is no option, in order; borrowed from argv
    size_t operand_count;
    // In order, those that decide what comes out; the others (where to, how many at once) are not
    // among them, and neither are length and language.
    struct given_option given[GIVEN_MAX];
    size_t given_count;
    bool help;
    int64_t length_frames;  // the first of `lengths`; 0: the session's natural length
    const char *lengths;    // as given, for export several with commas; NULL: none
    const char *language;   // "en"; for export several with commas
    bool language_chosen;   // it was given
    const char *voice;      // NULL: the language's default
    int rate;               // 0: the voice's default
    const char *scene;      // NULL: the session's own
    const char *scene_only; // this scene alone, without a session; NULL: a session
    bool no_scene;
    bool clear;     // scene lower under the voice
    double breaths; // a minute
    bool natural_breath;
    double levels_db[3]; // voice, scene, cue
    uint64_t seed;
    const char *device;
    bool flex;          // what takes longer ends later
    const char *record; // file that takes the record of a session
    const char *replay; // file of which a session is made again
    bool plain;
    const char *report; // NULL: none
    bool yes;
    const char *output;
    int bits;        // 16, 24, or 32 for float
    int sample_rate; // Hz of an exported file; 0: 48 kHz
    bool mono;
    bool stems; // voice, scene and cue as files of their own, too
    bool force;
    bool manifest;        // beside each exported file
    bool resume;          // what is there already, whole and the same, is not made again
    bool jobs_list;       // print the jobs of an export instead of running them
    bool skip_impossible; // leave out what cannot be exported
    int jobs;             // at once; 0: not given
    bool no_render;       // verify: look at the files only
    bool allow_missing;
    bool page;
    bool stats;
    bool json;
    const char *svg;
    int captions; // 1 << enum caption_format, several at once
    bool transcript;
};

// Parse the arguments behind the command's name (args[count] is NULL; the array is permuted so that
// operands come last). STATUS_BAD_ARGUMENT with one sentence that names the option and what it
// takes.
enum status settings_parse(struct settings *settings, enum command command, int count, char **args,
                           struct error *error);

// How `name` (long form) was given last; NULL: it was not, or is none of `given`.
const struct given_option *settings_given(const struct settings *settings, const char *name);

// The rows of the options that `command` takes, for --help.
void settings_help(enum command command, struct buffer *out);

#endif
