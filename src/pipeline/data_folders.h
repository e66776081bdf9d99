// SPDX-License-Identifier: GPL-3.0-or-later
// Where data are: the folders that are installed, and the author's own beside them.
#ifndef LOOSEN_DATA_FOLDERS_H
#define LOOSEN_DATA_FOLDERS_H

#include "error.h"
#include "session_load.h"
#include <stdbool.h>

enum { DATA_PATH_MAX = 4096 };

struct data_folders {
    char scripts[DATA_PATH_MAX]; // installed
    char audio[DATA_PATH_MAX];
    char own[DATA_PATH_MAX];         // the author's; empty: there is none
    char own_scripts[DATA_PATH_MAX]; // below it; empty, or perhaps not there
    char own_audio[DATA_PATH_MAX];
};

// The installed data are in LOOSEN_DATA if set, else in ../share/loosen beside the program. The
// author's folder is `own` (of --data), which must be there; where that is NULL it is
// $XDG_DATA_HOME/loosen, or ~/.local/share/loosen, which need not be there. STATUS_BAD_ARGUMENT
// with the name of `own`; STATUS_IO: installed data are missing.
enum status data_folders_find(struct data_folders *folders, const char *own, struct error *error);

// The part of a path behind the author's folder: "scripts/en/mine.session"; NULL: it lies
// elsewhere.
const char *data_folders_own_part(const struct data_folders *folders, const char *path);

// Where the files of a language are read from.
struct session_source data_folders_source(const struct data_folders *folders);

// The path of a file of a language, which need not be there: of the installed language, or of one
// that is the author's alone. STATUS_BAD_ARGUMENT: it is too long.
enum status data_folders_language_file(char path[DATA_PATH_MAX], const struct data_folders *folders,
                                       struct text language, const char *name, struct error *error);

// The same of what an author has beside an installed language; false: there is none.
bool data_folders_own_file(char path[DATA_PATH_MAX], const struct data_folders *folders,
                           struct text language, const char *name);

// Whether a folder, or anything else, has that path.
bool data_folders_is_folder(const char *path);
bool data_folders_is_file(const char *path);

// "FOLDER/NAMESUFFIX"; false: it is too long.
bool data_folders_join(char path[DATA_PATH_MAX], const char *folder, const char *name,
                       const char *suffix);

#endif
