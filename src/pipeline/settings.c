// SPDX-License-Identifier: GPL-3.0-or-later
// The words of a command line become settings, option by option.
// getopt_long is a GNU interface; this file alone needs it.
#define _GNU_SOURCE

#include "settings.h"

#include "duration.h"
#include "number.h"
#include "plan.h"
#include <getopt.h>
#include <string.h>

enum option_id {
    OPTION_HELP = 256,
    OPTION_LENGTH,
    OPTION_LANGUAGE,
    OPTION_VOICE,
    OPTION_RATE,
    OPTION_SCENE,
    OPTION_SCENE_ONLY,
    OPTION_NO_SCENE,
    OPTION_CLEAR,
    OPTION_BREATH,
    OPTION_LEVELS,
    OPTION_SEED,
    OPTION_DEVICE,
    OPTION_FLEX,
    OPTION_RECORD,
    OPTION_REPLAY,
    OPTION_PLAIN,
    OPTION_REPORT,
    OPTION_YES,
    OPTION_OUTPUT,
    OPTION_BITS,
    OPTION_FORCE,
    OPTION_ALLOW_MISSING,
    OPTION_PAGE,
    OPTION_STATS,
    OPTION_JSON,
    OPTION_SVG,
    OPTION_CAPTIONS,
    OPTION_TRANSCRIPT,
    OPTION_MANIFEST,
    OPTION_RESUME,
    OPTION_JOBS,
    OPTION_JOBS_LIST,
    OPTION_SKIP_IMPOSSIBLE,
    OPTION_NO_RENDER,
    OPTION_SAMPLE_RATE,
    OPTION_MONO,
    OPTION_STEMS,
};

enum {
    PLAY = 1 << COMMAND_PLAY,
    EXPORT = 1 << COMMAND_EXPORT,
    PLAN = 1 << COMMAND_PLAN,
    CHECK = 1 << COMMAND_CHECK,
    LIST = 1 << COMMAND_LIST,
    VERIFY = 1 << COMMAND_VERIFY,
    SOUND = PLAY | EXPORT,
    TIMED = PLAY | EXPORT | PLAN,
    ALL = PLAY | EXPORT | PLAN | CHECK | LIST | VERIFY,
    RUN = 1 << COMMAND_COUNT, // about this run of the program: decides nothing of what comes out
};

struct row {
    enum option_id id;
    int commands;         // who takes it
    char letter;          // 0: long form only
    const char *name;     // long form
    const char *argument; // NULL: takes none
    const char *help;
};

static const struct row rows[] = {
    {OPTION_LENGTH, PLAY | PLAN | RUN, 't', "length", "LENGTH",
     "12 (minutes), 90s, 7:30, 1h15m; default: the session's own"},
    {OPTION_LENGTH, LIST | RUN, 't', "length", "LENGTH",
     "only sessions that fit 12 (minutes), 90s, 7:30, 1h15m"},
    {OPTION_LENGTH, EXPORT | RUN, 't', "length", "LENGTH",
     "12 (minutes), 90s, 7:30, 1h15m, or several: 5,10,20; default: the session's own"},
    {OPTION_OUTPUT, EXPORT | RUN, 'o', "output", "FILE",
     "where to write, - for the standard output; {session} {lang} {minutes} {length} {title} are "
     "filled in; default: {session}-{length}.wav"},
    {OPTION_BITS, EXPORT, 0, "bits", "16|24|float", "sample format of the file; default 16"},
    {OPTION_SAMPLE_RATE, EXPORT, 0, "sample-rate", "HZ",
     "sample rate of the file, such as 44100 (--rate 44100 works, too); default 48000"},
    {OPTION_MONO, EXPORT, 0, "mono", NULL, "one channel instead of two"},
    {OPTION_STEMS, EXPORT, 0, "stems", NULL,
     "also write voice, scene and cue by themselves: FILE.voice.wav and so on"},
    {OPTION_FORCE, EXPORT | RUN, 0, "force", NULL, "replace the file if it exists"},
    {OPTION_FORCE, PLAY | RUN, 0, "force", NULL, "let --report replace a file"},
    {OPTION_FORCE, PLAN | RUN, 0, "force", NULL, "let --svg replace a file"},
    {OPTION_MANIFEST, EXPORT | RUN, 0, "manifest", NULL,
     "write FILE.manifest, with which loosen verify makes sure that FILE is what it should be"},
    {OPTION_RESUME, EXPORT | RUN, 0, "resume", NULL,
     "a file that is there, whole and the same, is not made again (implies --manifest)"},
    {OPTION_CAPTIONS, EXPORT, 0, "captions", "vtt|srt|lrc",
     "write captions beside the file, of one kind or several: vtt,srt"},
    {OPTION_CAPTIONS, PLAN, 0, "captions", "vtt|srt|lrc", "print captions instead"},
    {OPTION_TRANSCRIPT, EXPORT, 0, "transcript", NULL,
     "write all that is said beside the file, to read"},
    {OPTION_TRANSCRIPT, PLAN, 0, "transcript", NULL, "print all that is said instead"},
    {OPTION_ALLOW_MISSING, SOUND, 0, "allow-missing", NULL,
     "go on when the voice cannot speak a line"},
    {OPTION_PAGE, EXPORT, 0, "page", NULL,
     "write a web page with sound, text and breath beside it"},
    {OPTION_JOBS, EXPORT | RUN, 'j', "jobs", "NUMBER", "exports at once, 1 to 64; default 1"},
    {OPTION_JOBS_LIST, EXPORT | RUN, 0, "jobs-list", NULL,
     "print one command a line instead, for parallel, make or a cluster"},
    {OPTION_SKIP_IMPOSSIBLE, EXPORT | RUN, 0, "skip-impossible", NULL,
     "leave out lengths and languages that a session does not have"},
    {OPTION_STATS, EXPORT | RUN, 0, "stats", NULL, "print timings and memory when done"},
    {OPTION_DEVICE, PLAY, 0, "device", "NAME",
     "play on the device with this in its name; loosen list devices shows them"},
    {OPTION_FLEX, PLAY, 0, "flex", NULL, "keys that ask for more time let the session end later"},
    {OPTION_RECORD, PLAY, 0, "record", "FILE", "keep what was done, for export --replay"},
    {OPTION_REPLAY, EXPORT | RUN, 0, "replay", "FILE",
     "the very session that was heard, from the file of play --record"},
    {OPTION_PLAIN, PLAY, 0, "plain", NULL, "plain lines, for screen readers and pipes"},
    {OPTION_REPORT, PLAY, 0, "report", "FILE", "write into FILE how it went, as JSON"},
    {OPTION_YES, PLAY, 0, "yes", NULL, "the safety notice was read: begin without asking"},
    {OPTION_VOICE, TIMED, 0, "voice", "NAME", "an espeak-ng voice, such as en-gb-x-rp+klatt4"},
    {OPTION_RATE, TIMED, 0, "rate", "WPM", "the voice's speed setting, 80 to 450; default 150"},
    {OPTION_SCENE, SOUND, 0, "scene", "NAME|FILE", "the ambient scene; default: the session's own"},
    {OPTION_SCENE_ONLY, SOUND, 0, "scene-only", "NAME|FILE",
     "a scene alone instead of a session, 2 to 90 minutes; default 30"},
    {OPTION_NO_SCENE, SOUND, 0, "no-scene", NULL, "voice and breath cue alone"},
    {OPTION_CLEAR, SOUND, 0, "clear", NULL, "a quieter scene under the voice"},
    {OPTION_BREATH, TIMED, 0, "breath", "RATE",
     "breaths a minute, 4.5 to 8, or natural for no pacing; default 6"},
    {OPTION_LEVELS, SOUND, 0, "levels", "LIST",
     "such as voice=0,scene=-3,cue=0, in dB from -60 to 12"},
    {OPTION_SEED, SOUND, 0, "seed", "NUMBER", "another course of the scene's waves; default 1"},
    {OPTION_SVG, PLAN, 0, "svg", "FILE", "draw the timeline into FILE, - for the standard output"},
    {OPTION_NO_RENDER, VERIFY, 0, "no-render", NULL,
     "compare files with their manifests only, without rendering again"},
    {OPTION_JSON, EXPORT | PLAN | CHECK | LIST | RUN, 0, "json", NULL, "machine-readable output"},
    {OPTION_LANGUAGE, PLAY | PLAN | LIST | RUN, 0, "lang", "CODE",
     "language of the sessions; default en"},
    {OPTION_LANGUAGE, EXPORT | RUN, 0, "lang", "CODE",
     "language of the sessions, or several: en,de; default en"},
    {OPTION_HELP, ALL | RUN, 'h', "help", NULL, "this text"},
};

enum { ROW_COUNT = sizeof rows / sizeof *rows };

static enum status bad_value(const struct row *row, const char *value, struct error *error)
{
    return error_set(error, STATUS_BAD_ARGUMENT, "--%s takes %s, not \"%s\": %s", row->name,
                     row->argument, value, row->help);
}

static bool parse_integer(const char *value, int64_t least, int64_t most, int64_t *out)
{
    return number_whole(text_from(value), least, most, out);
}

static bool parse_breath(const char *value, struct settings *settings)
{
    if (strcmp(value, "natural") == 0) {
        settings->natural_breath = true;
        return true;
    }
    int64_t thousandths;
    if (!number_parse(text_from(value), 3, &thousandths))
        return false;
    settings->breaths = (double)thousandths / 1000;
    return settings->breaths >= PLAN_BREATHS_LEAST && settings->breaths <= PLAN_BREATHS_MOST;
}

// "voice=0,scene=-3": -60 .. 12 dB each, none twice.
static bool parse_levels(const char *value, struct settings *settings)
{
    static const char *const names[] = {"voice", "scene", "cue"};
    struct text rest = text_from(value);
    int seen = 0;
    while (rest.size > 0) {
        struct text item = text_head(rest, text_find(rest, ','));
        struct text name = text_head(item, text_find(item, '='));
        struct text level = text_skip(item, name.size + 1);
        bool plus = text_starts_with(level, TEXT("+"));
        int64_t thousandths;
        size_t stem = 0;
        while (stem < 3 && !text_equal_c(name, names[stem]))
            stem++;
        if (stem == 3 || (seen & 1 << stem) ||
            !(plus ? number_parse(text_skip(level, 1), 3, &thousandths)
                   : number_parse_signed(level, 3, &thousandths)))
            return false;
        seen |= 1 << stem;
        if (thousandths < -60000 || thousandths > 12000)
            return false;
        settings->levels_db[stem] = (double)thousandths / 1000;
        rest = text_skip(rest, item.size + 1);
    }
    return value[0] != '\0';
}

// "vtt,srt": each kind at most once.
static bool parse_captions(const char *value, int *captions)
{
    static const char *const names[] = {"vtt", "srt", "lrc"};
    struct text rest = text_from(value);
    *captions = 0;
    do {
        struct text name = text_head(rest, text_find(rest, ','));
        int kind = 0;
        while (kind < 3 && !text_equal_c(name, names[kind]))
            kind++;
        if (kind == 3 || (*captions & 1 << kind))
            return false;
        *captions |= 1 << kind;
        rest = text_skip(rest, name.size + 1);
    } while (rest.size > 0);
    return value[strlen(value) - 1] != ',';
}

static bool parse_bits(const char *value, int *bits)
{
    *bits = strcmp(value, "16") == 0 ? 16 : strcmp(value, "24") == 0 ? 24 : 32;
    return *bits != 32 || strcmp(value, "float") == 0;
}

// A language code names a folder: letters and hyphens only. Several are separated by commas.
static bool parse_languages(const char *value)
{
    size_t size = strspn(value, "abcdefghijklmnopqrstuvwxyz-");
    if (size == 0 || size > 16)
        return false;
    return value[size] == '\0' || (value[size] == ',' && parse_languages(value + size + 1));
}

static bool parse_lengths(const char *value, struct settings *settings)
{
    int64_t length;
    struct text rest = text_from(value);
    settings->lengths = value;
    settings->length_frames = 0;
    do {
        struct text item = text_head(rest, text_find(rest, ','));
        if (!duration_parse_length(item, &length) || length <= 0)
            return false;
        if (settings->length_frames == 0)
            settings->length_frames = length;
        rest = text_skip(rest, item.size + 1);
    } while (rest.size > 0);
    return value[strlen(value) - 1] != ',';
}

static bool apply(struct settings *settings, const struct row *row, const char *value)
{
    int64_t number;
    switch (row->id) {
    case OPTION_HELP:
        return settings->help = true;
    case OPTION_LENGTH:
        return parse_lengths(value, settings);
    case OPTION_LANGUAGE:
        settings->language = value;
        settings->language_chosen = true;
        return parse_languages(value);
    case OPTION_VOICE:
        settings->voice = value;
        return value[0] != '\0';
    case OPTION_RATE:
        if (!parse_integer(value, 80, 450, &number))
            return false;
        settings->rate = (int)number;
        return true;
    case OPTION_SCENE:
        settings->scene = value;
        return value[0] != '\0';
    case OPTION_SCENE_ONLY:
        settings->scene_only = value;
        return value[0] != '\0';
    case OPTION_NO_SCENE:
        return settings->no_scene = true;
    case OPTION_CLEAR:
        return settings->clear = true;
    case OPTION_BREATH:
        return parse_breath(value, settings);
    case OPTION_LEVELS:
        return parse_levels(value, settings);
    case OPTION_SEED:
        if (!parse_integer(value, 0, 1000000000, &number))
            return false;
        settings->seed = (uint64_t)number;
        return true;
    case OPTION_DEVICE:
        settings->device = value;
        return value[0] != '\0';
    case OPTION_FLEX:
        return settings->flex = true;
    case OPTION_RECORD:
        settings->record = value;
        return value[0] != '\0';
    case OPTION_REPLAY:
        settings->replay = value;
        return value[0] != '\0';
    case OPTION_REPORT:
        settings->report = value;
        return value[0] != '\0';
    case OPTION_PLAIN:
        return settings->plain = true;
    case OPTION_YES:
        return settings->yes = true;
    case OPTION_OUTPUT:
        settings->output = value;
        return value[0] != '\0';
    case OPTION_BITS:
        return parse_bits(value, &settings->bits);
    case OPTION_SAMPLE_RATE:
        if (!parse_integer(value, 8000, 192000, &number))
            return false;
        settings->sample_rate = (int)number;
        return true;
    case OPTION_MONO:
        return settings->mono = true;
    case OPTION_STEMS:
        return settings->stems = true;
    case OPTION_FORCE:
        return settings->force = true;
    case OPTION_MANIFEST:
        return settings->manifest = true;
    case OPTION_RESUME:
        return settings->resume = settings->manifest = true;
    case OPTION_JOBS:
        if (!parse_integer(value, 1, JOBS_MAX, &number))
            return false;
        settings->jobs = (int)number;
        return true;
    case OPTION_JOBS_LIST:
        return settings->jobs_list = true;
    case OPTION_SKIP_IMPOSSIBLE:
        return settings->skip_impossible = true;
    case OPTION_NO_RENDER:
        return settings->no_render = true;
    case OPTION_ALLOW_MISSING:
        return settings->allow_missing = true;
    case OPTION_PAGE:
        return settings->page = true;
    case OPTION_STATS:
        return settings->stats = true;
    case OPTION_JSON:
        return settings->json = true;
    case OPTION_CAPTIONS:
        return parse_captions(value, &settings->captions);
    case OPTION_TRANSCRIPT:
        return settings->transcript = true;
    case OPTION_SVG:
        settings->svg = value;
        return value[0] != '\0';
    }
    return false;
}

// getopt's tables of the options that `command` takes.
static void make_tables(enum command command, char *letters, struct option *longs)
{
    *letters++ = ':';
    for (size_t i = 0; i < ROW_COUNT; i++) {
        if (!(rows[i].commands & 1 << command))
            continue;
        *longs++ = (struct option){rows[i].name, rows[i].argument ? required_argument : no_argument,
                                   NULL, (int)rows[i].id};
        if (rows[i].letter) {
            *letters++ = rows[i].letter;
            if (rows[i].argument)
                *letters++ = ':';
        }
    }
    *letters = '\0';
    *longs = (struct option){0};
}

// The option as this command takes it: an option that means more to one command has two rows.
static const struct row *find_row(enum command command, int id)
{
    for (size_t i = 0; i < ROW_COUNT; i++)
        if (rows[i].commands & 1 << command &&
            ((int)rows[i].id == id || (rows[i].letter && rows[i].letter == id)))
            return &rows[i];
    return NULL;
}

static enum status unknown_option(enum command command, const char *argument, struct error *error)
{
    const char *names[ROW_COUNT];
    size_t count = 0;
    for (size_t i = 0; i < ROW_COUNT; i++)
        if (rows[i].commands & 1 << command)
            names[count++] = rows[i].name;
    struct text word = text_from(argument);
    while (word.size > 0 && word.data[0] == '-')
        word = text_skip(word, 1);
    const char *nearest = text_nearest(text_head(word, text_find(word, '=')), names, count);
    if (nearest)
        return error_set(error, STATUS_BAD_ARGUMENT, "unknown option %s, did you mean --%s?",
                         argument, nearest);
    return error_set(error, STATUS_BAD_ARGUMENT, "unknown option %s", argument);
}

// Take one option; only an export can have several lengths and languages.
static enum status take_option(struct settings *settings, enum command command,
                               const struct row *row, const char *value, struct error *error)
{
    // Nobody speaks 8000 words a minute: for a file this is the other rate.
    if (row->id == OPTION_RATE && command == COMMAND_EXPORT && strlen(value) > 3)
        row = find_row(command, OPTION_SAMPLE_RATE);
    bool several = command != COMMAND_EXPORT && value && strchr(value, ',') &&
                   (row->id == OPTION_LENGTH || row->id == OPTION_LANGUAGE);
    if (several || !apply(settings, row, value))
        return bad_value(row, value, error);
    if ((row->commands & RUN) || !(row->commands & EXPORT))
        return STATUS_OK;
    if (settings->given_count == GIVEN_MAX)
        return error_set(error, STATUS_BAD_ARGUMENT, "more than %d options", GIVEN_MAX);
    settings->given[settings->given_count++] = (struct given_option){row->name, value};
    return STATUS_OK;
}

// Nothing that is asked for is dropped unsaid.
static enum status check_scene_only(const struct settings *settings, struct error *error)
{
    static const char *const of_sessions[] = {"voice", "rate", "breath"};
    const char *refused = settings->flex ? "flex" : NULL;
    if (settings->scene || settings->no_scene)
        return error_set(error, STATUS_BAD_ARGUMENT,
                         "--scene-only takes the place of --scene and --no-scene");
    if (settings->operand_count > 0)
        return error_set(error, STATUS_BAD_ARGUMENT,
                         "--scene-only plays a scene without a session");
    for (size_t i = 0; i < sizeof of_sessions / sizeof *of_sessions && !refused; i++)
        if (settings_given(settings, of_sessions[i]))
            refused = of_sessions[i];
    if (refused)
        return error_set(error, STATUS_BAD_ARGUMENT,
                         "--%s is for a session: in a scene alone nobody speaks, and no breath is "
                         "paced",
                         refused);
    return STATUS_OK;
}

static enum status check_scene(const struct settings *settings, struct error *error)
{
    if (settings->scene_only)
        return check_scene_only(settings, error);
    if (settings->scene && settings->no_scene)
        return error_set(error, STATUS_BAD_ARGUMENT, "--scene and --no-scene exclude each other");
    return STATUS_OK;
}

const struct given_option *settings_given(const struct settings *settings, const char *name)
{
    for (size_t i = settings->given_count; i > 0; i--)
        if (strcmp(settings->given[i - 1].name, name) == 0)
            return &settings->given[i - 1];
    return NULL;
}

enum status settings_parse(struct settings *settings, enum command command, int count, char **args,
                           struct error *error)
{
    *settings =
        (struct settings){.language = "en", .breaths = PLAN_BREATHS_DEFAULT, .seed = 1, .bits = 16};
    char letters[2 * ROW_COUNT + 2];
    struct option longs[ROW_COUNT + 1];
    make_tables(command, letters, longs);
    opterr = 0;
    optind = 0; // GNU: start afresh. args[-1] stands in for the program's name.
    int id;
    while ((id = getopt_long(count + 1, args - 1, letters, longs, NULL)) != -1) {
        const struct row *row = find_row(command, id == ':' ? optopt : id);
        if (id == ':' && row)
            return error_set(error, STATUS_BAD_ARGUMENT, "--%s needs a value: %s", row->name,
                             row->argument);
        if (id == '?' || !row) {
            char letter[3] = {'-', (char)optopt, '\0'};
            bool is_long = optopt == 0 || optopt > 255;
            return unknown_option(command, is_long ? args[optind - 2] : letter, error);
        }
        enum status status = take_option(settings, command, row, optarg, error);
        if (status != STATUS_OK)
            return status;
    }
    settings->operands = (const char *const *)args + (optind - 1);
    settings->operand_count = (size_t)(count + 1 - optind);
    if (settings->operand_count > OPERANDS_MAX)
        return error_set(error, STATUS_BAD_ARGUMENT, "more than %d files", OPERANDS_MAX);
    return check_scene(settings, error);
}

enum { HELP_COLUMN = 30 }; // behind the longest option

void settings_help(enum command command, struct buffer *out)
{
    for (size_t i = 0; i < ROW_COUNT; i++) {
        const struct row *row = &rows[i];
        if (!(row->commands & 1 << command))
            continue;
        size_t start = out->size;
        if (row->letter)
            buffer_printf(out, "  -%c, ", row->letter);
        else
            buffer_add_c(out, "      ");
        buffer_printf(out, "--%s%s%s", row->name, row->argument ? " " : "",
                      row->argument ? row->argument : "");
        size_t width = out->size - start;
        buffer_printf(out, "%*s%s\n", width < HELP_COLUMN ? (int)(HELP_COLUMN - width) : 1, "",
                      row->help);
    }
}
