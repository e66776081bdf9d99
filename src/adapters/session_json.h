// Sessions as JSON, through libjansson.
#ifndef LOOSEN_SESSION_JSON_H
#define LOOSEN_SESSION_JSON_H

#include "session.h"

// {"sessions": [{id, title, summary, when, language, min_seconds, natural_seconds, max_seconds, position,
// needs, notice, scene}, ...]}. STATUS_NO_MEMORY is the only failure.
enum status session_json_print(const struct session *sessions, size_t count, struct buffer *out,
                               struct error *error);

#endif
