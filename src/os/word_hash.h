// SPDX-License-Identifier: GPL-3.0-or-later
// A fast hash that tells whether data are still the same. It is no defence against an attacker.
#ifndef LOOSEN_WORD_HASH_H
#define LOOSEN_WORD_HASH_H

#include <stddef.h>
#include <stdint.h>

// The hash of what `hash` stood for with `count` words behind it; 0 stands for nothing. How words
// are split into calls matters. A single changed word always changes the result.
uint64_t word_hash_add(uint64_t hash, const uint64_t *words, size_t count);

#endif
