// SPDX-License-Identifier: GPL-3.0-or-later
// The decoder process: holds libsndfile while it reads a file that nobody vouches for. It has that
// file open, drops its rights before it looks at it, and sends samples until the end.
#ifndef LOOSEN_DECODER_WORKER_H
#define LOOSEN_DECODER_WORKER_H

// The worker's main: "loosen --worker decoder", with the file as WORKER_EXTRA. Says
// decoder_protocol.h on WORKER_SOCKET; returns the exit code.
int decoder_worker(int argc, char **argv);

#endif
