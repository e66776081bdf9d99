// SPDX-License-Identifier: GPL-3.0-or-later
// Where sessions and scenes are, and which sessions there are.
#ifndef LOOSEN_CATALOGUE_H
#define LOOSEN_CATALOGUE_H

#include "error.h"
#include "session_model.h"

enum { CATALOGUE_PATH_MAX = 4096 };

// The folders of the installed data: LOOSEN_DATA if set, else ../share/loosen beside the program.
struct data_folders {
    char scripts[CATALOGUE_PATH_MAX];
    char audio[CATALOGUE_PATH_MAX];
};

enum status data_folders_find(struct data_folders *folders, struct error *error);

// STATUS_NOT_FOUND names the languages that there are.
enum status catalogue_check_language(const struct data_folders *folders, const char *language,
                                     struct error *error);

// The path of a session named on the command line: a path if it has a slash or a file of that name
// is here, else scripts/LANG/NAME.session. STATUS_NOT_FOUND names what is nearest, or the languages
// that there are.
enum status catalogue_session_path(char path[CATALOGUE_PATH_MAX],
                                   const struct data_folders *folders, const char *language,
                                   const char *name, struct error *error);

// The same for a scene: audio/NAME.scene.
enum status catalogue_scene_path(char path[CATALOGUE_PATH_MAX], const struct data_folders *folders,
                                 const char *name, struct error *error);

// All sessions of one language, sorted by natural length, then id. A faulty script among them is
// left out; `loosen check` tells about it.
struct catalogue {
    struct session *sessions; // owned
    size_t count;
};

enum status catalogue_open(struct catalogue *catalogue, const struct data_folders *folders,
                           const char *language, struct error *error);
void catalogue_close(struct catalogue *catalogue);

// Ids of the sessions that can be `length_frames` long, separated by commas; empty: none.
void catalogue_fitting(const struct catalogue *catalogue, int64_t length_frames,
                       struct buffer *out);

#endif
