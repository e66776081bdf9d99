// SPDX-License-Identifier: GPL-3.0-or-later
// The process that holds PortAudio.
#ifndef LOOSEN_SPEAKER_WORKER_H
#define LOOSEN_SPEAKER_WORKER_H

// The worker's main, for `loosen --worker speaker ...`; `argv` is main's. Ends the process.
int speaker_worker(int argc, char **argv);

#endif
