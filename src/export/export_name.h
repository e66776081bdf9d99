// SPDX-License-Identifier: GPL-3.0-or-later
// File names with fields: "out/{session}-{lang}-{minutes}.opus".
//
//   {session}  id                        {minutes}  "10", "7.5"
//   {lang}     code of the language      {length}   "10m", "7m30s"
//   {title}    of the session            {from}     where it is entered: "3-00", "low-back"
//   {{ and }}  the braces themselves
//
// What a field gives is reduced to A-Z a-z 0-9 . _ - and has no dot in front: a name from a script
// never leads out of the folder that the user wrote.
#ifndef LOOSEN_EXPORT_NAME_H
#define LOOSEN_EXPORT_NAME_H

#include "duration.h"
#include "error.h"

struct export_name {
    struct text session, title, language;
    int64_t length_frames;
    const char *from; // NULL: it is whole, "start"
};

// The pattern for a file that nobody named.
const char *export_name_usual(bool several_languages, bool entered);

// Append the name to `out`. STATUS_BAD_ARGUMENT: an unknown field, or a lone brace.
enum status export_name_fill(struct buffer *out, const char *pattern,
                             const struct export_name *fields, struct error *error);

// Append a pattern that gives exactly `name`.
void export_name_quote(struct buffer *out, const char *name);

#endif
