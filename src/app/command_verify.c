// SPDX-License-Identifier: GPL-3.0-or-later
// Three questions, each with its own answer: are the files what the manifest says, is what goes in
// still the same, and does making them again give the same bytes?
#include "command.h"
#include "espeak_narrator.h"
#include "export_job.h"
#include "export_name.h"
#include "inputs_manifest.h"
#include "options.h"
#include "report.h"
#include "session_stream.h"
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

enum { VERIFY_PATH_MAX = CATALOGUE_PATH_MAX };

// The manifest of a file that may be one itself.
static enum status find_manifest(char path[VERIFY_PATH_MAX], const char *operand,
                                 struct error *error)
{
    struct text name = text_from(operand);
    const struct text suffix = TEXT(".manifest");
    bool is_one =
        name.size > suffix.size && text_equal(text_skip(name, name.size - suffix.size), suffix);
    if (!is_one) {
        enum status status = inputs_manifest_path(path, operand, error);
        if (status == STATUS_OK && access(path, F_OK) != 0)
            status = error_set(error, STATUS_NOT_FOUND,
                               "%s has no manifest: export with --manifest writes one", operand);
        return status;
    }
    if (name.size >= VERIFY_PATH_MAX)
        return error_set(error, STATUS_BAD_ARGUMENT, "the file's path is too long");
    memcpy(path, operand, name.size + 1);
    return STATUS_OK;
}

// The settings that a manifest holds, with `output` to write to. `words` is memory for them.
static enum status parse_arguments(struct settings *settings, const struct manifest *manifest,
                                   char *words[MANIFEST_ARGUMENTS_MAX + 2], const char *output,
                                   struct error *error)
{
    size_t count = 0;
    enum status status = STATUS_OK;
    words[count++] = strdup("export"); // stands for the command's name
    for (size_t i = 0; i < manifest->argument_count; i++)
        words[count++] = strdup(manifest->arguments[i]);
    words[count] = NULL;
    for (size_t i = 0; i < count; i++)
        if (!words[i])
            status = error_no_memory(error);
    THEN(status, options_parse(settings, COMMAND_EXPORT, (int)count - 1, words + 1, error));
    if (status == STATUS_OK && settings->operand_count + (settings->what.scene_only ? 1 : 0) != 1)
        status = error_set(error, STATUS_BAD_INPUT, "the manifest names no session");
    settings->run = (struct run){.output = output}; // what is done with it is ours to say
    return status;
}

// Run the export; that it cannot be made is an answer, too: `failure` says why.
static enum status run_again(struct manifest *now, const struct settings *settings,
                             struct buffer *failure, struct error *error)
{
    struct export_result result;
    struct error cause;
    const char *session = settings->operand_count ? settings->operands[0] : NULL;
    if (session && session_stream_descriptor(session) != SESSION_STREAM_NONE) {
        buffer_printf(failure, "its session came from %s, which cannot be read again",
                      session_stream_name(session));
        return STATUS_OK;
    }
    const struct export_job_config config = {
        .settings = settings,
        .session = session,
        .rehearsal = now,
    };
    enum status status = export_job_run(&result, &config, &cause);
    if (status == STATUS_INTERRUPTED || status == STATUS_NO_MEMORY)
        *error = cause;
    else if (status != STATUS_OK)
        buffer_printf(failure, "%s%s%s", cause.file, cause.file[0] ? ": " : "", cause.text);
    return failure->size ? STATUS_OK : status;
}

// Make the files again in `folder`, where they get no names, and say what they would be.
static enum status rehearse(struct manifest *now, const struct manifest *then, const char *folder,
                            struct buffer *failure, struct error *error)
{
    struct settings settings;
    char *words[MANIFEST_ARGUMENTS_MAX + 2] = {NULL};
    struct buffer output = BUFFER_INIT;
    const char *name = then->files[0].name;
    if (strchr(name, '/'))
        return error_set(error, STATUS_BAD_INPUT, "the manifest names no file: %s", name);
    export_name_quote(&output, folder);
    buffer_add_byte(&output, '/');
    export_name_quote(&output, name);
    enum status status = output.failed
                             ? error_no_memory(error)
                             : parse_arguments(&settings, then, words, output.data, error);
    THEN(status, run_again(now, &settings, failure, error));
    for (char **word = words; *word; word++)
        free(*word);
    buffer_free(&output);
    return status;
}

static enum status render_again(struct manifest *now, const struct manifest *then,
                                struct buffer *failure, struct error *error)
{
    const char *base = getenv("TMPDIR");
    char folder[VERIFY_PATH_MAX];
    int size = snprintf(folder, sizeof folder, "%s/loosen-XXXXXX", base && *base ? base : "/tmp");
    if (size >= (int)sizeof folder || !mkdtemp(folder)) {
        buffer_printf(failure, "cannot make a folder in %s", base && *base ? base : "/tmp");
        return STATUS_OK;
    }
    enum status status = rehearse(now, then, folder, failure, error);
    (void)rmdir(folder); // nothing in it ever had a name
    return status;
}

// One line for each difference, behind the name that it is about.
static void print_lines(struct buffer *out, const char *heading, const struct buffer *lines)
{
    struct text rest = buffer_text(lines);
    while (rest.size > 0) {
        struct text line = text_head(rest, text_find(rest, '\n'));
        buffer_printf(out, "  %s: ", heading);
        buffer_add_visible(out, line);
        buffer_add_byte(out, '\n');
        rest = text_skip(rest, line.size + 1);
    }
}

struct acceptance {
    size_t damaged; // files that are not what the manifest says
    size_t changed; // inputs, versions, options
    size_t differs; // files that come out differently
    bool unmade;    // it could not be made again: how it would come out is not known
};

// What goes in now, and what comes out.
static void compare_manifests(struct acceptance *acceptance, const struct manifest *then,
                              const struct manifest *now, struct buffer *out, struct buffer *lines)
{
    acceptance->changed = manifest_compare_inputs(then, now, lines);
    print_lines(out, "changed", lines);
    buffer_clear(lines);
    acceptance->differs = manifest_compare_files(then, now, lines);
    print_lines(out, "made again", lines);
}

static enum status compare_again(struct acceptance *acceptance, const struct manifest *then,
                                 struct buffer *out, struct error *error)
{
    struct buffer lines = BUFFER_INIT;
    struct manifest now = MANIFEST_INIT;
    enum status status = render_again(&now, then, &lines, error);
    acceptance->unmade = lines.size > 0;
    if (acceptance->unmade)
        print_lines(out, "not made again", &lines);
    else if (status == STATUS_OK)
        compare_manifests(acceptance, then, &now, out, &lines);
    manifest_free(&now);
    if (lines.failed)
        status = error_no_memory(error);
    buffer_free(&lines);
    return status;
}

static enum status compare(struct acceptance *acceptance, const struct manifest *then,
                           const char *path, bool render, struct buffer *out, struct error *error)
{
    struct buffer lines = BUFFER_INIT;
    acceptance->damaged = inputs_manifest_check_files(then, path, &lines).wrong;
    print_lines(out, "file", &lines);
    enum status status = lines.failed ? error_no_memory(error) : STATUS_OK;
    buffer_free(&lines);
    if (status == STATUS_OK && render)
        status = compare_again(acceptance, then, out, error);
    if (status != STATUS_OK && error->file[0] == '\0') { // of several, which one
        const struct error cause = *error;
        status = error_set_at(error, status, path, 0, 0, "%s", cause.text);
    }
    return status;
}

static bool is_good(const struct acceptance *acceptance)
{
    return acceptance->damaged + acceptance->differs == 0 && !acceptance->unmade;
}

static void print_acceptance(struct buffer *out, const char *path,
                             const struct acceptance *acceptance, bool render)
{
    buffer_add_visible(out, text_from(path));
    if (acceptance->damaged + acceptance->differs > 0)
        buffer_add_c(out, ": not the same\n");
    else if (acceptance->unmade)
        buffer_add_c(out, ": the files are whole, but could not be made again\n");
    else if (!render)
        buffer_add_c(out, ": the files are as the manifest says\n");
    else if (acceptance->changed > 0)
        buffer_add_c(out, ": the files are whole and come out the same, in spite of changes\n");
    else
        buffer_add_c(out, ": the files are whole and come out the same\n");
}

static int verify(const char *operand, const struct settings *settings)
{
    char path[VERIFY_PATH_MAX];
    struct error error;
    struct manifest then = MANIFEST_INIT;
    struct acceptance acceptance = {0};
    struct buffer lines = BUFFER_INIT;
    struct buffer out = BUFFER_INIT;
    enum status status = find_manifest(path, operand, &error);
    THEN(status, manifest_read(&then, path, &error));
    if (status == STATUS_OK && settings->what.data) // the same folder at another place
        manifest_set_option(&then, "data", settings->what.data);
    if (status == STATUS_OK && then.failed)
        status = error_no_memory(&error);
    THEN(status, compare(&acceptance, &then, path, !settings->run.no_render, &lines, &error));
    manifest_free(&then);
    if (status == STATUS_OK)
        print_acceptance(&out, path, &acceptance, !settings->run.no_render);
    buffer_add(&out, buffer_text(&lines));
    buffer_free(&lines);
    int code = report_output(&out);
    if (status != STATUS_OK)
        return report_error(&error);
    return code == EXIT_DONE && !is_good(&acceptance) ? EXIT_FAILED : code;
}

int command_verify(const struct settings *settings)
{
    int worst = EXIT_DONE;
    struct error error;
    if (settings->operand_count == 0) {
        error_set(&error, STATUS_BAD_ARGUMENT,
                  "verify takes manifests, or files that have one: loosen verify calm.wav");
        return report_error(&error);
    }
    espeak_narrator_find_data(); // there are no threads yet
    for (size_t i = 0; i < settings->operand_count; i++) {
        int code = verify(settings->operands[i], settings);
        if (code >= EXIT_SIGNAL)
            return code;
        worst = code > worst ? code : worst;
    }
    return worst;
}
