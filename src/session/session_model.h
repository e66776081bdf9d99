// SPDX-License-Identifier: GPL-3.0-or-later
// The model of one session script: what the parser makes, the checks judge, the printer prints, and
// the planner fits to a length. Plain data in one arena; nothing in it changes after session_load.
#ifndef LOOSEN_SESSION_MODEL_H
#define LOOSEN_SESSION_MODEL_H

#include "arena.h"
#include "node.h"
#include "words.h"

// "30s at 6m": this long when the session is that long.
struct shape_point {
    int64_t at_frames;     // session length, ascending
    int64_t target_frames; // section length
};

struct section {
    struct text name;
    struct place place;
    struct shape_point *shape; // NULL: takes its natural share
    size_t shape_count;
    struct node *first;
};

#define SESSION_SCENE_DEFAULT "shore"

// How a session ends: with a way back, or in sleep. One that ends in sleep has must rests without
// presence lines, and nothing else, in its last section.
enum ending { ENDING_RETURN, ENDING_SLEEP };

struct session {
    struct arena arena; // everything below
    struct text file;   // as the user named it
    struct text id;     // file name without folder and ".session"
    struct text title, summary, when, language, position, needs, scene, notice;
    struct range length;       // frames: what the header promises
    int64_t natural;           // frames
    struct place length_place; // of the header's `length`; of a plain text, its title
    struct place scene_place;  // of the header's `scene`; line 0: none
    struct section *sections;
    size_t section_count;
    int notice_version; // of its language's notices: raised with every change of their words
    enum ending ending;
    enum need need;
    enum effort effort;
    bool breathes_free; // "breath: free": no breath accompanies touch and movement
    size_t line_count;  // spoken lines, notices included
    struct words words; // of its language
    bool plain;         // a text file without header: defaults were filled in
    bool untitled;      // likewise: its title is the file's name
};

void session_free(struct session *session);

// Whether lines of company are said where it is quiet for long, however the listener breathes: the
// script leaves a breath to itself ("@breathe natural"), or it is a plain text, whose author wrote
// no quiet.
bool session_keeps_company(const struct session *session);

#endif
