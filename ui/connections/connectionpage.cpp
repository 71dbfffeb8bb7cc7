// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/connectionpage.h"

#include <QApplication>
#include <QLabel>
#include <QVBoxLayout>

#include "ui/connections/fieldrow.h"
#include "ui/connections/pastedurl.h"
#include "ui/connections/textfield.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

ConnectionPage::ConnectionPage(QWidget *parent) : QScrollArea(parent), m_layout(nullptr)
{
    setFrameShape(QFrame::NoFrame);
    setWidgetResizable(true);
    setHorizontalScrollBarPolicy(Qt::ScrollBarAlwaysOff);
    setFocusPolicy(Qt::NoFocus);
    auto *inner = new QWidget(this);
    m_layout = new QVBoxLayout(inner);
    m_layout->setContentsMargins(theme::group, theme::group, theme::group, theme::gap);
    m_layout->setSpacing(theme::gap);
    m_layout->addStretch();
    setWidget(inner);
    // Also for who comes by Tab from outside, or by a mnemonic.
    connect(qApp, &QApplication::focusChanged, this, [this, inner](QWidget *, QWidget *now) {
        if (now && inner->isAncestorOf(now))
            ensureWidgetVisible(now);
    });
}

FieldRow *ConnectionPage::addRow(ConnectionField field, const QString &label, QWidget *editor, const QString &whatsThis,
                                 QWidget *focus)
{
    auto *row = new FieldRow(label, editor, body(), focus);
    m_layout->insertWidget(m_layout->count() - 1, row);
    alsoIn(field, row, row->control(), whatsThis);
    return row;
}

void ConnectionPage::alsoIn(ConnectionField field, FieldRow *row, QWidget *control, const QString &whatsThis)
{
    control->setWhatsThis(whatsThis);
    m_rows.insert(field, row);
    m_controls.insert(field, control);
}

void ConnectionPage::addText(const QString &text)
{
    auto *label = new QLabel(text, body());
    label->setTextFormat(Qt::PlainText);
    label->setWordWrap(true);
    m_layout->insertWidget(m_layout->count() - 1, label);
}

void ConnectionPage::addWidget(QWidget *widget) { m_layout->insertWidget(m_layout->count() - 1, widget); }

void ConnectionPage::alignRows() { FieldRow::align(body()->findChildren<FieldRow *>()); }

void ConnectionPage::watch(TextField *edit, bool takesUrls)
{
    connect(edit, &QLineEdit::textChanged, this, &ConnectionPage::edited);
    connect(edit, &QLineEdit::editingFinished, this, &ConnectionPage::edited);
    if (!takesUrls)
        return;
    connect(edit, &TextField::pasted, this, [this, edit](const QString &before, const QString &now) {
        // What was typed before may stand around the URL.
        QString url = now;
        if (!before.isEmpty() && now.startsWith(before))
            url = now.mid(before.size());
        else if (!before.isEmpty() && now.endsWith(before))
            url = now.chopped(before.size());
        if (looksLikeUrl(url))
            Q_EMIT urlPasted(edit, before, url.trimmed());
    });
}

void ConnectionPage::showProblems(const QList<ConnectionProblem> &problems)
{
    QMap<FieldRow *, std::pair<QString, bool>> notes;
    for (const ConnectionProblem &problem : problems) {
        FieldRow *row = m_rows.value(problem.field);
        if (!row)
            continue;
        const auto *edit = qobject_cast<TextField *>(m_controls.value(problem.field)->focusProxy());
        if (!edit)
            edit = qobject_cast<TextField *>(m_controls.value(problem.field));
        const bool calm = problem.missing && edit && !edit->wasTouched();
        const auto found = notes.constFind(row);
        if (found == notes.constEnd() || (found->second && !calm))
            notes.insert(row, {problem.text, calm});
    }
    const QList<FieldRow *> rows = m_rows.values();
    for (FieldRow *row : rows)
        row->setProblem(notes.value(row).first, notes.value(row).second);
}

QWidget *ConnectionPage::control(ConnectionField field) const { return m_controls.value(field); }

} // namespace tidemark
