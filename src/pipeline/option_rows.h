// SPDX-License-Identifier: GPL-3.0-or-later
// The table of all options. Parsing, help, manifests, jobs and records follow from its rows.
#ifndef LOOSEN_OPTION_ROWS_H
#define LOOSEN_OPTION_ROWS_H

#include "settings.h"

enum command {
    COMMAND_PLAY,
    COMMAND_EXPORT,
    COMMAND_PLAN,
    COMMAND_CHECK,
    COMMAND_NEW,
    COMMAND_IMPORT,
    COMMAND_LIST,
    COMMAND_VERIFY,
    COMMAND_WHY,
    COMMAND_SAY,
    COMMAND_COUNT,
};

// What a value looks like, and the type of the field that takes it.
enum option_kind {
    KIND_FLAG,      // bool: takes no value
    KIND_TEXT,      // const char *: anything but nothing
    KIND_INTEGER,   // int: least .. most
    KIND_DECIMAL,   // double: least .. most thousandths, or names[0], which stands for 0
    KIND_ENUM,      // int: the value of one of names
    KIND_SET,       // int: several of names with commas, none twice; 1 << value of each
    KIND_LEVELS,    // double []: "NAME=DB,..." of names, none twice, least .. most thousandths
    KIND_LENGTHS,   // struct length_choice: one length, or several with commas
    KIND_LANGUAGES, // const char *: one code, or several with commas
};

struct option_name {
    const char *name; // NULL ends a list
    int value;
};

struct option_row {
    int commands;         // 1 << enum command: who takes it
    char letter;          // 0: long form only
    const char *name;     // long form
    const char *argument; // NULL: takes none
    const char *help;
    size_t offset; // of the field in struct settings
    enum option_kind kind;
    enum option_group group;
    bool of_session; // a scene alone has none
    bool of_pace;    // decides how long the same session takes
    bool several;    // KIND_LENGTHS, KIND_LANGUAGES: more than one may be given
    int least, most;
    const struct option_name *names;
};

// All rows, in the order of the help. An option that means more to one command has two.
const struct option_row *option_rows(size_t *count);

// The option called `name` as `command` takes it; NULL: it takes none of that name.
const struct option_row *option_rows_find(enum command command, const char *name);

#endif
