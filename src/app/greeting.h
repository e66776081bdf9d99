// What a listener sees before a session: its safety notice, once to be confirmed.
#ifndef LOOSEN_GREETING_H
#define LOOSEN_GREETING_H

#include "pipeline.h"

// Print the session's name, length and safety notice. On a terminal, until this version of the notice
// was confirmed once (or with --yes), wait for Return. False when the listener left instead (q, or a
// signal). The terminal must be open already, if there is one.
bool greeting_show(const struct pipeline *pipeline);

#endif
