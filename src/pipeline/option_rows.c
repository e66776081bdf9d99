// SPDX-License-Identifier: GPL-3.0-or-later
// One row for each option says who takes it, its field, and what the field can hold.
#include "option_rows.h"

#include "plan_config.h"
#include "template.h"
#include <string.h>

enum {
    PLAY = 1 << COMMAND_PLAY,
    EXPORT = 1 << COMMAND_EXPORT,
    PLAN = 1 << COMMAND_PLAN,
    CHECK = 1 << COMMAND_CHECK,
    NEW = 1 << COMMAND_NEW,
    IMPORT = 1 << COMMAND_IMPORT,
    LIST = 1 << COMMAND_LIST,
    VERIFY = 1 << COMMAND_VERIFY,
    WHY = 1 << COMMAND_WHY,
    SAY = 1 << COMMAND_SAY,
    SOUND = PLAY | EXPORT | SAY,
    TIMED = PLAY | EXPORT | PLAN,
    SPOKEN = PLAY | EXPORT | PLAN | SAY,
    ALL = PLAY | EXPORT | PLAN | CHECK | NEW | IMPORT | LIST | VERIFY | WHY | SAY,
};

#define FIELD(name) offsetof(struct settings, name)

static const struct option_name bits[] = {{"16", 16}, {"24", 24}, {"float", 32}, {NULL, 0}};
static const struct option_name captions[] = {
    {"vtt", CAPTION_VTT}, {"srt", CAPTION_SRT}, {"lrc", CAPTION_LRC}, {NULL, 0}};
static const struct option_name natural[] = {{"natural", 0}, {NULL, 0}};
static const struct option_name positions[] = {{"chair", PLACE_CHAIR}, {"standing", PLACE_STANDING},
                                               {"floor", PLACE_FLOOR}, {"lying", PLACE_LYING},
                                               {"bed", PLACE_BED},     {NULL, 0}};
static const struct option_name kinds[] = {{"touch", TEMPLATE_TOUCH},
                                           {"move", TEMPLATE_MOVE},
                                           {"breath", TEMPLATE_BREATH},
                                           {"rest", TEMPLATE_REST},
                                           {NULL, 0}};
static const struct option_name stems[] = {{"voice", 0}, {"scene", 1}, {"cue", 2}, {NULL, 0}};

static const struct option_row rows[] = {
    {PLAY | PLAN | SAY, 't', "length", "LENGTH",
     "12 (minutes), 90s, 7:30, 1h15m; default: the session's own", .offset = FIELD(what.length),
     .kind = KIND_LENGTHS, .group = GROUP_SUBJECT},
    {LIST, 't', "length", "LENGTH", "only sessions that fit 12 (minutes), 90s, 7:30, 1h15m",
     .offset = FIELD(what.length), .kind = KIND_LENGTHS, .group = GROUP_SUBJECT},
    {NEW, 't', "length", "LENGTH", "how long it usually is, 2 to 90 minutes; default 10",
     .offset = FIELD(what.length), .kind = KIND_LENGTHS, .group = GROUP_SUBJECT},
    {EXPORT, 't', "length", "LENGTH",
     "12 (minutes), 90s, 7:30, 1h15m, or several: 5,10,20; default: the session's own",
     .offset = FIELD(what.length), .kind = KIND_LENGTHS, .group = GROUP_SUBJECT, .several = true},
    {TIMED, 0, "from", "PLACE",
     "begin at a time (3:00), a section (\"Low back\") or a line of the script (:23)",
     .offset = FIELD(what.from), .kind = KIND_TEXT, .group = GROUP_WHAT, .of_session = true},
    {EXPORT, 'o', "output", "FILE",
     "where to write, - for the standard output; {session} {lang} {minutes} {length} {title} "
     "{from} are "
     "filled in; default: {session}-{length}.wav",
     .offset = FIELD(run.output), .kind = KIND_TEXT, .group = GROUP_RUN},
    {EXPORT | SAY, 0, "bits", "16|24|float", "sample format of the file; default 16",
     .offset = FIELD(form.bits), .kind = KIND_ENUM, .group = GROUP_FORM, .names = bits},
    {EXPORT, 0, "sample-rate", "HZ",
     "sample rate of the file, such as 44100 (--rate 44100 works, too); default 48000",
     .offset = FIELD(form.sample_rate), .kind = KIND_INTEGER, .group = GROUP_FORM, .least = 8000,
     .most = 192000},
    {EXPORT, 0, "mono", NULL, "one channel instead of two", .offset = FIELD(form.mono),
     .kind = KIND_FLAG, .group = GROUP_FORM},
    {EXPORT, 0, "stems", NULL,
     "also write voice, scene and cue by themselves: FILE.voice.wav and so on",
     .offset = FIELD(form.stems), .kind = KIND_FLAG, .group = GROUP_FORM},
    {EXPORT, 0, "force", NULL, "replace the file if it exists", .offset = FIELD(run.force),
     .kind = KIND_FLAG, .group = GROUP_RUN},
    {PLAY, 0, "force", NULL, "let --report replace a file", .offset = FIELD(run.force),
     .kind = KIND_FLAG, .group = GROUP_RUN},
    {PLAN, 0, "force", NULL, "let --svg replace a file", .offset = FIELD(run.force),
     .kind = KIND_FLAG, .group = GROUP_RUN},
    {NEW, 0, "title", "TEXT", "what it is called", .offset = FIELD(run.title), .kind = KIND_TEXT,
     .group = GROUP_RUN},
    {NEW, 0, "position", "PLACE", "chair, standing, floor, lying or bed; default chair",
     .offset = FIELD(run.position), .kind = KIND_ENUM, .group = GROUP_RUN, .names = positions},
    {NEW, 0, "kind", "KIND",
     "touch (with hands or a ball), move, breath (alone) or rest; default breath",
     .offset = FIELD(run.kind), .kind = KIND_ENUM, .group = GROUP_RUN, .names = kinds},
    {IMPORT, 'o', "output", "FILE", "where to write; default: the standard output",
     .offset = FIELD(run.output), .kind = KIND_TEXT, .group = GROUP_RUN},
    {SAY, 'o', "output", "FILE", "write into FILE instead of playing", .offset = FIELD(run.output),
     .kind = KIND_TEXT, .group = GROUP_RUN},
    {NEW | IMPORT | SAY, 0, "force", NULL, "replace the file if it exists",
     .offset = FIELD(run.force), .kind = KIND_FLAG, .group = GROUP_RUN},
    {EXPORT, 0, "manifest", NULL,
     "write FILE.manifest, with which loosen verify makes sure that FILE is what it should be",
     .offset = FIELD(run.manifest), .kind = KIND_FLAG, .group = GROUP_RUN},
    {EXPORT, 0, "resume", NULL,
     "a file that is there, whole and the same, is not made again (implies --manifest)",
     .offset = FIELD(run.resume), .kind = KIND_FLAG, .group = GROUP_RUN},
    {EXPORT, 0, "captions", "vtt|srt|lrc",
     "write captions beside the file, of one kind or several: vtt,srt",
     .offset = FIELD(form.captions), .kind = KIND_SET, .group = GROUP_FORM, .names = captions},
    {PLAN, 0, "captions", "vtt|srt|lrc", "print captions instead", .offset = FIELD(form.captions),
     .kind = KIND_SET, .group = GROUP_FORM, .names = captions},
    {EXPORT, 0, "transcript", NULL, "write all that is said beside the file, to read",
     .offset = FIELD(form.transcript), .kind = KIND_FLAG, .group = GROUP_FORM},
    {PLAN, 0, "transcript", NULL, "print all that is said instead",
     .offset = FIELD(form.transcript), .kind = KIND_FLAG, .group = GROUP_FORM},
    {TIMED, 0, "allow-missing", NULL, "go on when the voice cannot speak a line",
     .offset = FIELD(form.allow_missing), .kind = KIND_FLAG, .group = GROUP_FORM},
    {EXPORT, 0, "page", NULL, "write a web page with sound, text and breath beside it",
     .offset = FIELD(form.page), .kind = KIND_FLAG, .group = GROUP_FORM},
    {EXPORT, 'j', "jobs", "NUMBER", "exports at once, 1 to 64; default 1",
     .offset = FIELD(run.jobs), .kind = KIND_INTEGER, .group = GROUP_RUN, .least = 1,
     .most = JOBS_MAX},
    {EXPORT, 0, "jobs-list", NULL,
     "print one command a line instead, for parallel, make or a cluster",
     .offset = FIELD(run.jobs_list), .kind = KIND_FLAG, .group = GROUP_RUN},
    {EXPORT, 0, "skip-impossible", NULL,
     "leave out lengths and languages that a session does not have",
     .offset = FIELD(run.skip_impossible), .kind = KIND_FLAG, .group = GROUP_RUN},
    {EXPORT, 0, "stats", NULL, "print timings and memory when done", .offset = FIELD(run.stats),
     .kind = KIND_FLAG, .group = GROUP_RUN},
    {PLAY | SAY, 0, "device", "NAME",
     "play on the device with this in its name; loosen list devices shows them",
     .offset = FIELD(run.device), .kind = KIND_TEXT, .group = GROUP_RUN},
    {PLAY, 0, "flex", NULL, "keys that ask for more time let the session end later",
     .offset = FIELD(run.flex), .kind = KIND_FLAG, .group = GROUP_RUN, .of_session = true},
    {PLAY, 0, "strict-end", NULL, "the session never ends later; keys that would need it say so",
     .offset = FIELD(run.strict_end), .kind = KIND_FLAG, .group = GROUP_RUN, .of_session = true},
    {PLAY, 0, "watch", NULL, "read the script again when it is saved, and go on at the same line",
     .offset = FIELD(run.watch), .kind = KIND_FLAG, .group = GROUP_RUN, .of_session = true},
    {PLAY, 0, "record", "FILE", "keep what was done, for export --replay",
     .offset = FIELD(run.record), .kind = KIND_TEXT, .group = GROUP_RUN},
    {EXPORT, 0, "replay", "FILE", "the very session that was heard, from the file of play --record",
     .offset = FIELD(run.replay), .kind = KIND_TEXT, .group = GROUP_RUN},
    {PLAY, 0, "plain", NULL, "plain lines, for screen readers and pipes",
     .offset = FIELD(run.plain), .kind = KIND_FLAG, .group = GROUP_RUN},
    {PLAY, 0, "report", "FILE", "write into FILE how it went, as JSON", .offset = FIELD(run.report),
     .kind = KIND_TEXT, .group = GROUP_RUN},
    {PLAY, 0, "yes", NULL, "the safety notice was read: begin without asking",
     .offset = FIELD(run.yes), .kind = KIND_FLAG, .group = GROUP_RUN},
    {SPOKEN, 0, "voice", "NAME", "an espeak-ng voice, such as en-gb-x-rp+klatt4",
     .offset = FIELD(what.voice), .kind = KIND_TEXT, .group = GROUP_WHAT, .of_session = true,
     .of_pace = true},
    {SPOKEN, 0, "rate", "WPM", "the voice's speed setting, 80 to 450; default 150",
     .offset = FIELD(what.rate), .kind = KIND_INTEGER, .group = GROUP_WHAT, .of_session = true,
     .of_pace = true, .least = 80, .most = 450},
    {SOUND, 0, "scene", "NAME|FILE", "the ambient scene; default: the session's own",
     .offset = FIELD(what.scene), .kind = KIND_TEXT, .group = GROUP_WHAT},
    {PLAY | EXPORT, 0, "scene-only", "NAME|FILE",
     "a scene alone instead of a session, 2 to 90 minutes; default 30",
     .offset = FIELD(what.scene_only), .kind = KIND_TEXT, .group = GROUP_WHAT},
    {SOUND, 0, "no-scene", NULL, "voice and breath cue alone", .offset = FIELD(what.no_scene),
     .kind = KIND_FLAG, .group = GROUP_WHAT},
    {SOUND, 0, "clear", NULL, "a quieter scene under the voice", .offset = FIELD(what.clear),
     .kind = KIND_FLAG, .group = GROUP_WHAT},
    {TIMED, 0, "breath", "RATE", "breaths a minute, 4.5 to 8, or natural for no pacing; default 6",
     .offset = FIELD(what.breaths), .kind = KIND_DECIMAL, .group = GROUP_WHAT, .of_session = true,
     .of_pace = true, .least = (int)(1000 * PLAN_BREATHS_LEAST),
     .most = (int)(1000 * PLAN_BREATHS_MOST), .names = natural},
    {SOUND, 0, "levels", "LIST", "such as voice=0,scene=-3,cue=0, in dB from -60 to 12",
     .offset = FIELD(what.levels_db), .kind = KIND_LEVELS, .group = GROUP_WHAT, .least = -60000,
     .most = 12000, .names = stems},
    {PLAY | EXPORT, 0, "seed", "NUMBER", "another course of the scene's waves; default 1",
     .offset = FIELD(what.seed), .kind = KIND_INTEGER, .group = GROUP_WHAT, .most = 1000000000},
    {PLAN, 0, "svg", "FILE", "draw the timeline into FILE, - for the standard output",
     .offset = FIELD(run.svg), .kind = KIND_TEXT, .group = GROUP_RUN},
    {PLAN, 0, "why", NULL, "behind each line what it is said for: the meaning of its tags",
     .offset = FIELD(run.why), .kind = KIND_FLAG, .group = GROUP_RUN},
    {VERIFY, 0, "no-render", NULL,
     "compare files with their manifests only, without rendering again",
     .offset = FIELD(run.no_render), .kind = KIND_FLAG, .group = GROUP_RUN},
    {CHECK, 0, "format", NULL, "print the script in its canonical form, with its comments",
     .offset = FIELD(run.format), .kind = KIND_FLAG, .group = GROUP_RUN},
    {EXPORT | PLAN | CHECK | LIST, 0, "json", NULL, "machine-readable output",
     .offset = FIELD(run.json), .kind = KIND_FLAG, .group = GROUP_RUN},
    {PLAY | PLAN | NEW | LIST | WHY | SAY, 0, "lang", "CODE",
     "language of the sessions; default en", .offset = FIELD(what.language), .kind = KIND_LANGUAGES,
     .group = GROUP_SUBJECT},
    {IMPORT, 0, "lang", "CODE", "language of the text; default en", .offset = FIELD(what.language),
     .kind = KIND_LANGUAGES, .group = GROUP_SUBJECT},
    {EXPORT, 0, "lang", "CODE", "language of the sessions, or several: en,de; default en",
     .offset = FIELD(what.language), .kind = KIND_LANGUAGES, .group = GROUP_SUBJECT,
     .several = true},
    {ALL, 0, "data", "DIR",
     "a folder with sessions, scenes and words, instead of your own, ~/.local/share/loosen",
     .offset = FIELD(what.data), .kind = KIND_TEXT, .group = GROUP_WHAT},
    {ALL, 'h', "help", NULL, "this text", .offset = FIELD(run.help), .kind = KIND_FLAG,
     .group = GROUP_RUN},
};

enum { ROW_COUNT = sizeof rows / sizeof *rows };

const struct option_row *option_rows(size_t *count)
{
    *count = ROW_COUNT;
    return rows;
}

const struct option_row *option_rows_find(enum command command, const char *name)
{
    for (size_t i = 0; i < ROW_COUNT; i++)
        if (rows[i].commands & 1 << command && strcmp(rows[i].name, name) == 0)
            return &rows[i];
    return NULL;
}
