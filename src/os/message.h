// SPDX-License-Identifier: GPL-3.0-or-later
// Messages between the player and its workers on a stream socket: 4-byte size (little-endian), then
// 4-byte type, then `size` bytes.
#ifndef LOOSEN_MESSAGE_H
#define LOOSEN_MESSAGE_H

#include "error.h"
#include <stddef.h>
#include <stdint.h>

// Deadlines in milliseconds from the call; -1: none. STATUS_TIMEOUT, STATUS_IO (peer gone, or a
// size above `capacity`): after either the stream is not to be trusted any more.
enum status message_send(int fd, uint32_t type, const void *data, size_t size, int deadline_ms,
                         struct error *error);
enum status message_receive(int fd, uint32_t *type, void *data, size_t capacity, size_t *size,
                            int deadline_ms, struct error *error);

#endif
