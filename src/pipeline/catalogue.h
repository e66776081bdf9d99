// SPDX-License-Identifier: GPL-3.0-or-later
// Which sessions and scenes there are, and where one of a name is. In the author's folder those of
// a language lie in scripts/LANG and scenes in audio, or both at its top, where a session is of the
// language that its header names; they are looked for in this order, and before the installed ones.
#ifndef LOOSEN_CATALOGUE_H
#define LOOSEN_CATALOGUE_H

#include "data_folders.h"
#include "error.h"
#include "name_list.h"
#include "session_model.h"

enum { CATALOGUE_PATH_MAX = DATA_PATH_MAX };

// STATUS_NOT_FOUND names the languages that there are.
enum status catalogue_check_language(const struct data_folders *folders, const char *language,
                                     struct error *error);

// The path of a session named on the command line: a path if it has a slash or a file of that name
// is here, else where NAME.session is. STATUS_NOT_FOUND names what is nearest, or the languages
// that there are.
enum status catalogue_session_path(char path[CATALOGUE_PATH_MAX],
                                   const struct data_folders *folders, const char *language,
                                   const char *name, struct error *error);

// The same for a scene.
enum status catalogue_scene_path(char path[CATALOGUE_PATH_MAX], const struct data_folders *folders,
                                 const char *name, struct error *error);

// The path of a scene that a session asks for: NAME.scene beside its file, if it is one, or as
// above; what else is called so here is not looked at.
enum status catalogue_scene_of(char path[CATALOGUE_PATH_MAX], const struct data_folders *folders,
                               const struct session *session, struct text name,
                               struct error *error);

// All scenes, sorted by name.
enum status catalogue_scenes(struct name_list *scenes, const struct data_folders *folders,
                             struct error *error);

struct catalogue_entry {
    struct session session; // owned
    bool yours;             // in the author's folder
    bool replaces;          // and called as one that is installed
};

// All sessions of one language, sorted by natural length, then id. A faulty script among them is
// left out; `loosen check` tells about it.
struct catalogue {
    struct catalogue_entry *entries; // owned
    size_t count;
};

enum status catalogue_open(struct catalogue *catalogue, const struct data_folders *folders,
                           const char *language, struct error *error);
void catalogue_close(struct catalogue *catalogue);

// Ids of the sessions that can be `length_frames` long, separated by commas; empty: none.
void catalogue_fitting(const struct catalogue *catalogue, int64_t length_frames,
                       struct buffer *out);

#endif
