// SPDX-License-Identifier: GPL-3.0-or-later
// Reports quote the words that break a rule, from the one that leads to it to the one it leads to.
#include "prose_judge.h"

#include "lexer.h"

bool prose_judge_was_told(struct prose_judge *judge, enum rule rule,
                          const struct sentence_word *word)
{
    const struct node *node = prose_node(judge->prose, word->at);
    const uint64_t bit = UINT64_C(1) << rule;
    if (node != judge->told_node)
        judge->told = 0;
    judge->told_node = node;
    bool told = judge->told & bit;
    judge->told |= bit;
    return told;
}

void prose_judge_report(struct prose_judge *judge, enum rule rule, bool certain,
                        const struct sentence_word *from, const struct sentence_word *to)
{
    if (prose_judge_was_told(judge, rule, from))
        return;
    if (to->at < from->at) {
        const struct sentence_word *swap = from;
        from = to;
        to = swap;
    }
    struct text quote = text_head(text_skip(judge->sentence.text, from->at), to->end - from->at);
    struct buffer found = BUFFER_INIT;
    buffer_printf(&found, "\"%.*s\"", TEXT_ARG(lexeme_quote(quote)));
    for (size_t i = 0; i < found.size; i++)
        if (found.data[i] == '\n')
            found.data[i] = ' ';
    judge->list->failed |= found.failed;
    if (!found.failed)
        rule_report_said(judge->list, rule, certain,
                         prose_place(judge->prose, judge->session, judge->data, from->at),
                         found.data);
    buffer_free(&found);
}

bool prose_judge_said(const struct prose_judge *judge, const enum danger_kind *kinds, size_t count,
                      int ago)
{
    for (size_t i = 0; i < count; i++)
        if (sentence_means(&judge->sentence, kinds[i]) || judge->since[kinds[i]] <= ago)
            return true;
    return false;
}

bool prose_judge_tool(const struct prose_judge *judge, int ago)
{
    static const enum danger_kind kinds[] = {DANGER_BALL, DANGER_ROLLER, DANGER_FIST};
    return prose_judge_said(judge, kinds, sizeof kinds / sizeof *kinds, ago);
}

bool prose_judge_presses(const struct prose_judge *judge, int ago)
{
    static const enum danger_kind kinds[] = {DANGER_PRESS, DANGER_RUB};
    return prose_judge_said(judge, kinds, sizeof kinds / sizeof *kinds, ago) ||
           prose_judge_tool(judge, ago);
}
