// SPDX-License-Identifier: GPL-3.0-or-later
// Each question is one line, and its answer another: no keys, so that any terminal will do.
#include "questions.h"

#include "duration.h"
#include "file_title.h"
#include "interrupt.h"
#include "letter.h"
#include "option_value.h"
#include "report.h"
#include "safe_file.h"
#include "session_limits.h"

#include <stdio.h>
#include <string.h>
#include <unistd.h>

#define MINUTE ((int64_t)60 * FRAME_RATE)

enum { ANSWER_SIZE = 512 }; // bytes; what is longer is no answer

struct asking {
    struct draft *draft;
    const struct settings *settings;
    const struct data_folders *folders;
    bool names_file;
};

bool questions_possible(void)
{
    return isatty(STDIN_FILENO) && isatty(STDERR_FILENO);
}

// The rest of a line that was too long, so that it is no answer to the next question.
static void drop_line(void)
{
    int c;
    do
        c = getchar();
    while (c != '\n' && c != EOF);
}

// The next line, trimmed, in `line`; false: whoever was asked leaves.
static bool read_answer(char line[ANSWER_SIZE], struct text *answer)
{
    if (!fgets(line, ANSWER_SIZE, stdin) || interrupt_signal()) {
        report_question_left();
        return false;
    }
    struct text typed = text_from(line);
    if (typed.size > 0 && typed.data[typed.size - 1] == '\n')
        typed.size--;
    else if (typed.size == ANSWER_SIZE - 1)
        drop_line();
    *answer = text_trim(typed);
    return !text_equal_c(*answer, "q");
}

// What an answer is: good, to be asked again, or no answer can help.
enum verdict { VERDICT_GOOD, VERDICT_AGAIN, VERDICT_FAILED };

static enum verdict judge(enum status status, const struct error *error)
{
    if (status == STATUS_OK)
        return VERDICT_GOOD;
    (void)report_error(error);
    return status == STATUS_BAD_ARGUMENT ? VERDICT_AGAIN : VERDICT_FAILED;
}

static enum status check_name(struct text title, bool replace, struct error *error)
{
    struct buffer name = BUFFER_INIT;
    file_title_name(&name, title);
    enum status status =
        name.failed ? error_no_memory(error) : safe_file_check(name.data, replace, error);
    buffer_free(&name);
    return status;
}

static enum verdict take_title(const struct asking *asking, struct text answer)
{
    struct draft *draft = asking->draft;
    const struct text before = draft->choice.title;
    struct error error;
    if (answer.size > 0)
        draft->choice.title = arena_copy(&draft->arena, answer);
    enum status status = draft->choice.title.data
                             ? draft_check_title(draft, asking->folders, &error)
                             : error_no_memory(&error);
    if (asking->names_file)
        THEN(status, check_name(draft->choice.title, asking->settings->run.force, &error));
    if (status != STATUS_OK)
        draft->choice.title = before;
    return judge(status, &error);
}

// An answer that an option takes as its value, too; *value is then changed.
static enum verdict take_name(const char *option, struct text answer, const char *expected,
                              int *value)
{
    struct settings settings = {.run = {.position = *value, .kind = *value}};
    char name[ANSWER_SIZE];
    if (answer.size == 0)
        return VERDICT_GOOD;
    snprintf(name, sizeof name, "%.*s", TEXT_ARG(answer));
    for (char *c = name; *c; c++)
        *c = (unsigned char)*c < 0x80 ? (char)letter_small((unsigned char)*c) : *c;
    if (!option_value_parse(&settings, option_rows_find(COMMAND_NEW, option), name)) {
        report_note("\"%s\" is none of them: %s", name, expected);
        return VERDICT_AGAIN;
    }
    *value = strcmp(option, "kind") == 0 ? settings.run.kind : settings.run.position;
    return VERDICT_GOOD;
}

static enum verdict take_length(int64_t *natural, struct text answer)
{
    int64_t length;
    if (answer.size == 0)
        return VERDICT_GOOD;
    if (!duration_parse_length(answer, &length) || length < SESSION_LENGTH_LEAST ||
        length > SESSION_LENGTH_MOST) {
        report_note("\"%.*s\" is no length from 2 to 90 minutes, such as 12 or 7:30",
                    TEXT_ARG(answer));
        return VERDICT_AGAIN;
    }
    *natural = length;
    return VERDICT_GOOD;
}

enum question { QUESTION_TITLE, QUESTION_POSITION, QUESTION_KIND, QUESTION_LENGTH, QUESTIONS };

static const char *const options[QUESTIONS] = {"title", "position", "kind", "length"};

static void pose(enum question question, const struct template_choice *choice)
{
    switch (question) {
    case QUESTION_TITLE:
        report_question("What is it for, or called? [%.*s] ", TEXT_ARG(choice->title));
        break;
    case QUESTION_POSITION:
        report_question("Where is one: chair, standing, floor, lying or bed? [%s] ",
                        place_names[choice->place]);
        break;
    case QUESTION_KIND:
        report_question("What is done: touch (with hands or a ball), move, breath (alone) or rest "
                        "(quiet)? [%s] ",
                        template_kind_names[choice->kind]);
        break;
    case QUESTION_LENGTH:
        report_question("How many minutes is it usually, 2 to 90? [%d] ",
                        (int)(choice->natural / MINUTE));
        break;
    case QUESTIONS:
        break;
    }
}

static enum verdict take_answer(const struct asking *asking, enum question question,
                                struct text answer)
{
    struct template_choice *choice = &asking->draft->choice;
    int value = question == QUESTION_KIND ? (int)choice->kind : (int)choice->place;
    enum verdict verdict = VERDICT_GOOD;
    switch (question) {
    case QUESTION_TITLE:
        return take_title(asking, answer);
    case QUESTION_POSITION:
        verdict = take_name("position", answer, "chair, standing, floor, lying, bed", &value);
        choice->place = (enum place_kind)value;
        return verdict;
    case QUESTION_KIND:
        verdict = take_name("kind", answer, "touch, move, breath, rest", &value);
        choice->kind = (enum template_kind)value;
        return verdict;
    case QUESTION_LENGTH:
        return take_length(&choice->natural, answer);
    case QUESTIONS:
        break;
    }
    return verdict;
}

static enum answers ask(const struct asking *asking, enum question question)
{
    char line[ANSWER_SIZE];
    struct text answer;
    for (;;) {
        pose(question, &asking->draft->choice);
        if (!read_answer(line, &answer))
            return ANSWERS_LEFT;
        switch (take_answer(asking, question, answer)) {
        case VERDICT_GOOD:
            return ANSWERS_ALL;
        case VERDICT_AGAIN:
            break;
        case VERDICT_FAILED:
            return ANSWERS_FAILED;
        }
    }
}

enum answers questions_ask(struct draft *draft, const struct settings *settings,
                           const struct data_folders *folders, bool names_file)
{
    const struct asking asking = {draft, settings, folders, names_file};
    enum answers answers = ANSWERS_ALL;
    bool begun = false;
    for (int q = 0; q < QUESTIONS && answers == ANSWERS_ALL; q++) {
        if (settings_given(settings, options[q]))
            continue;
        if (!begun)
            report_note("Return takes what stands in brackets, and q leaves");
        begun = true;
        answers = ask(&asking, (enum question)q);
    }
    return answers;
}
