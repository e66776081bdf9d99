// SPDX-License-Identifier: GPL-3.0-or-later
// The narrator process: holds libespeak-ng, which keeps state between calls, aborts on short plain
// texts and can be made to run commands. It loads the voice, drops its rights and forks a child for
// each utterance, so that every text meets the same state and a crash costs one utterance.
#ifndef LOOSEN_NARRATOR_WORKER_H
#define LOOSEN_NARRATOR_WORKER_H

// The worker's main: argv is "loosen --worker narrator VOICE RATE PITCH RANGE WORD_GAP AMPLITUDE
// JOBS". Serves narrator_protocol.h on WORKER_SOCKET until the player closes it; returns the exit
// code.
int narrator_worker(int argc, char **argv);

#endif
