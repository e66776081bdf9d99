// SPDX-License-Identifier: GPL-3.0-or-later
// What the session tests share: files, parsing with the test data's languages, comparing models.
#ifndef LOOSEN_SCRIPT_FIXTURE_H
#define LOOSEN_SCRIPT_FIXTURE_H

#include "session_load.h"

extern const struct session_source fixture_source; // tests/script/scripts

// A whole file of tests/script (or of the source tree, with an absolute path); the test fails when
// it cannot be read. Free with buffer_free.
struct buffer fixture_read(const char *path);

// Names in tests/script/FOLDER that end in `ending`, without it, sorted. Returns the count, > 0.
enum { FIXTURE_NAMES_MAX = 200, FIXTURE_NAME_SIZE = 80 };
size_t fixture_names(char names[][FIXTURE_NAME_SIZE], const char *folder, const char *ending);

// Parse text under a name.
enum status fixture_parse(struct session *session, struct text data, const char *name,
                          struct diagnostics *list);

// Assert that a file of tests/script holds exactly this, or write it there when UPDATE_GOLDEN is
// set. An expected empty text may be a file that does not exist.
void fixture_golden(const char *path, struct text found);

// Assert that two models are the same, places and file names apart.
void fixture_same_session(const struct session *a, const struct session *b);

#endif
