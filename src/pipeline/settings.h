// SPDX-License-Identifier: GPL-3.0-or-later
// Everything that a command line can decide. Each field but the operands and what.line has a row in
// option_rows.c, which names its option; to add one, add both.
#ifndef LOOSEN_SETTINGS_H
#define LOOSEN_SETTINGS_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

enum { OPERANDS_MAX = 4096, GIVEN_MAX = 64, JOBS_MAX = 64, SETTINGS_STEMS = 3 };

enum caption_format { CAPTION_VTT, CAPTION_SRT, CAPTION_LRC, CAPTION_TRANSCRIPT };

// Lengths that were asked for.
struct length_choice {
    int64_t first_frames; // 0: the session's natural length
    const char *list;     // as given, for export several with commas; NULL: none
};

// What is heard.
struct what {
    struct length_choice length;
    int line;               // of the script, which alone is said; 0: all
    const char *from;       // where the session is entered; NULL: at its beginning
    const char *language;   // "en"; for export several with commas
    const char *voice;      // NULL: the language's default
    int rate;               // of the voice; 0: its default
    const char *data;       // the author's folder; NULL: the user's, if there is one
    const char *scene;      // NULL: the session's own
    const char *scene_only; // this scene alone, without a session; NULL: a session
    bool no_scene;
    bool clear;                       // scene lower under the voice
    double breaths;                   // a minute; 0: natural, no pacing
    double levels_db[SETTINGS_STEMS]; // voice, scene, cue
    int seed;
};

// In which form it is given.
struct form {
    int bits;        // 16, 24, or 32 for float
    int sample_rate; // Hz of an exported file; 0: 48 kHz
    bool mono;
    bool stems;         // voice, scene and cue as files of their own, too
    int captions;       // 1 << enum caption_format, several at once
    bool transcript;    // all that is said, to read
    bool page;          // a web page
    bool allow_missing; // also without lines that the voice cannot speak
};

// This run of the program: nothing here changes what comes out.
struct run {
    bool help;
    const char *output;
    bool force;
    bool manifest;        // beside each exported file
    bool resume;          // what is there already, whole and the same, is not made again
    bool jobs_list;       // print the jobs of an export instead of running them
    bool skip_impossible; // leave out what cannot be exported
    int jobs;             // at once; 0: not given
    bool stats;
    bool json;
    bool why; // with what the tags of lines mean
    const char *svg;
    const char *device;
    bool flex;          // what takes longer ends later
    bool strict_end;    // nothing ends later
    const char *record; // file that takes the record of a session
    const char *replay; // file of which a session is made again
    bool plain;
    bool watch;         // the script is read again when it is saved
    const char *report; // file that takes how it went; NULL: none
    bool yes;           // the notice was read
    bool format;        // check: print the canonical text
    const char *title;  // new: of the session; NULL: not given
    int position;       // new: enum place_kind
    int kind;           // new: enum template_kind
    bool no_render;     // verify: look at the files only
};

// Where an option belongs. All of what and form make up what comes out: they are handed on to other
// runs of the program, in the order in which they were given, and kept in manifests and records. Of
// the subject each file has its own (see arguments.h).
enum option_group { GROUP_SUBJECT, GROUP_WHAT, GROUP_FORM, GROUP_RUN };

// An option as it was given.
struct given_option {
    const char *name;  // long form, without dashes
    const char *value; // NULL: takes none; borrowed from argv
    enum option_group group;
};

struct settings {
    const char *const *operands; // what is no option, in order; borrowed from argv
    size_t operand_count;
    struct what what;
    struct form form;
    struct run run;
    struct given_option given[GIVEN_MAX]; // in order
    size_t given_count;
};

// How `name` (long form) was given last; NULL: it was not.
const struct given_option *settings_given(const struct settings *settings, const char *name);

#endif
