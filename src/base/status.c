// SPDX-License-Identifier: GPL-3.0-or-later
// Every status has its text in one table.
#include "status.h"

const char *status_text(enum status status)
{
    switch (status) {
    case STATUS_OK:
        return "no error";
    case STATUS_NO_MEMORY:
        return "out of memory";
    case STATUS_BAD_ARGUMENT:
        return "bad argument";
    case STATUS_BAD_INPUT:
        return "faulty input";
    case STATUS_NOT_FOUND:
        return "not found";
    case STATUS_IO:
        return "input or output failed";
    case STATUS_NO_DEVICE:
        return "no audio device";
    case STATUS_NARRATOR:
        return "the voice failed";
    case STATUS_TIMEOUT:
        return "no answer in time";
    case STATUS_INTERRUPTED:
        return "interrupted";
    case STATUS_UNSUPPORTED:
        return "not supported here";
    }
    return "unknown status";
}
