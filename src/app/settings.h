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
    COMMAND_COUNT,
};

enum { OPERANDS_MAX = 4096 };

struct settings {
    const char *const *operands; // what is no option, in order; borrowed from argv
    size_t operand_count;
    bool help;
    int64_t length_frames;  // 0: the session's natural length
    const char *language;   // "en"
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
    bool plain;
    bool yes;
    const char *output;
    int bits; // 16, 24, or 32 for float
    bool force;
    bool allow_missing;
    bool stats;
    bool json;
    const char *svg;
};

// Parse the arguments behind the command's name (args[count] is NULL; the array is permuted so that
// operands come last). STATUS_BAD_ARGUMENT with one sentence that names the option and what it takes.
enum status settings_parse(struct settings *settings, enum command command, int count, char **args,
                           struct error *error);

// The rows of the options that `command` takes, for --help.
void settings_help(enum command command, struct buffer *out);

#endif
