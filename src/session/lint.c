#include "lint.h"

void lint_line(const struct node *line, const struct lexeme *lexeme, const struct session *session,
               bool notice, struct diagnostics *list)
{
    (void)line, (void)lexeme, (void)session, (void)notice, (void)list;
}
