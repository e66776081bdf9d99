// SPDX-License-Identifier: GPL-3.0-or-later
// The record of a session that was heard: the words of the command that makes its beginning, and
// every change of it at its session frame. Text, one thing a line:
//
//   loosen record 1
//   word wall-ball              the words behind "loosen export", one a line
//   word --length=600s
//   flex                        requests that take longer let the session end later; strict-end:
//                               none does; neither: only what finds no room else
//   at 4800000 next             next, previous, again, more: the plan from this frame on
//   at 5280000 level voice -2   dB from this frame on; voice, scene, cue
//   at 9600000 farewell         the words of a gentle end take the place of what followed
//   at 9800000 close 384000     a closing fade of so many frames
//
// Pauses are not part of the sound: the session goes on where it stopped.
#ifndef LOOSEN_RECORD_H
#define LOOSEN_RECORD_H

#include "arena.h"
#include "arguments.h"
#include "error.h"
#include "master.h"
#include "plan_config.h"
#include "plan_request.h"

enum record_type { RECORD_REQUEST, RECORD_LEVEL, RECORD_FAREWELL, RECORD_CLOSE };

struct record_change {
    int64_t frame;
    enum record_type type;
    enum plan_request request; // RECORD_REQUEST
    int stem;                  // RECORD_LEVEL
    double value;              // dB; frames of the fade
};

struct record {
    struct arena arena;
    char *words[ARGUMENTS_MAX + 1]; // NULL behind the last
    int word_count;
    enum plan_end end;
    struct record_change *changes; // by frame; equal frames in the file's order
    size_t change_count;
};

// Read a whole record. STATUS_BAD_INPUT with line and column of the first fault, or because it is
// no file to read; STATUS_NOT_FOUND, STATUS_IO, STATUS_NO_MEMORY. Free with record_free.
enum status record_load(struct record *record, const char *path, struct error *error);
void record_free(struct record *record);

// ---- Writing ------------------------------------------------------------------------------------

// A record under way; every line is on the disk's way as soon as it is written.
struct recorder {
    int file;                     // -1: nothing is recorded
    int64_t log_seen;             // of the master's log
    bool failed;                  // once, for good
    float level_db[MASTER_STEMS]; // as written
    int64_t level_frame;          // of the last level written
};

#define RECORDER_INIT ((struct recorder){.file = -1})

// Begin a file that must not exist yet. STATUS_IO.
enum status recorder_open(struct recorder *recorder, const char *path,
                          const struct arguments *arguments, enum plan_end end,
                          struct error *error);

// Write one request. Nothing is done without a file.
void recorder_request(struct recorder *recorder, int64_t frame, enum plan_request request);

void recorder_closing(struct recorder *recorder, int64_t frame);

// Write what the callback took up since the last call. Levels stand in the order in which they were
// set, also when another device begins somewhat earlier than the lost one had come.
void recorder_follow(struct recorder *recorder, const struct master_log *log);

// STATUS_IO when the record is not whole.
enum status recorder_close(struct recorder *recorder, struct error *error);

#endif
