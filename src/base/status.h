// SPDX-License-Identifier: GPL-3.0-or-later
// The one set of outcomes that every fallible function of loosen returns.
#ifndef LOOSEN_STATUS_H
#define LOOSEN_STATUS_H

enum status {
    STATUS_OK = 0,
    STATUS_NO_MEMORY,    // an allocation failed
    STATUS_BAD_ARGUMENT, // the command line or a requested length is wrong
    STATUS_BAD_INPUT,    // a script, scene or other text file has faults
    STATUS_NOT_FOUND,    // a file, session, voice or scene does not exist
    STATUS_IO,           // a read, write or verification failed
    STATUS_NO_DEVICE,    // there is nothing to play on
    STATUS_NARRATOR,     // the voice could not be set up, or lost an utterance
    STATUS_TIMEOUT,      // a worker did not answer in time
    STATUS_INTERRUPTED,  // the user asked to stop
    STATUS_UNSUPPORTED,  // this build or machine cannot do it
};

// One step after another, up to the first that fails: the call is made only where all went well so
// far. What was opened is closed behind the last step, whatever came of them:
//     enum status status = file_open(&file, path, error);
//     THEN(status, file_write(&file, text, error));
//     file_close(&file);
//     return status;
#define THEN(status, call)         \
    do {                           \
        if ((status) == STATUS_OK) \
            (status) = (call);     \
    } while (0)

// A short lower-case description, without a full stop. Never NULL.
const char *status_text(enum status status);

#endif
