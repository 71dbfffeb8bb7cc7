// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editorfilter.h"

#include <functional>

#include <QFormLayout>
#include <QLabel>
#include <QMimeData>
#include <QPlainTextEdit>

#include "app/wording/wording.h"
#include "core/detect/adviser.h"
#include "ui/jobs/editorpage.h"
#include "ui/jobs/engine.h"
#include "ui/jobs/editoroffers.h"
#include "ui/jobs/jobdraft.h"
#include "ui/widgets/format.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr int countAfterMs = 600; // of quiet
static constexpr qsizetype longestFilter = 20'000; // that a field lays out without a halt; longer ones stay as they are

namespace {

class FilterText final : public QPlainTextEdit
{
public:
    FilterText(QWidget *parent, std::function<void()> refuses) : QPlainTextEdit(parent), m_refuses(std::move(refuses))
    { }

    // toPlainText() would turn no-break spaces into others.
    QString sql() const { return document()->toRawText().replace(QChar::ParagraphSeparator, u'\n'); }

protected:
    void insertFromMimeData(const QMimeData *source) override
    {
        if (document()->characterCount() + source->text().size() > longestFilter)
            m_refuses();
        else
            QPlainTextEdit::insertFromMimeData(source);
    }

private:
    std::function<void()> m_refuses;
};

} // namespace

EditorFilter::Half::Half(const std::shared_ptr<Desk> &desk)
    : sessions(std::shared_ptr<Connector>(desk, &desk->connector()))
{ }

EditorFilter::EditorFilter(const std::shared_ptr<Desk> &desk, JobDraft &draft, QWidget *parent)
    : QWidget(parent), m_draft(draft), m_form(sheet::form(this)), m_source(desk), m_target(desk)
{
    m_form->setRowWrapPolicy(QFormLayout::WrapAllRows);
    m_target.isTarget = true;
    build(m_source, u"where.source"_s);
    m_form->addRow(sheet::note(tr("An SQL expression over the table's columns, in the source's own dialect. Empty: all "
                                  "rows."),
                               this));
    build(m_target, u"where.target"_s);
    m_form->addRow(sheet::note(tr("Rows of the target outside its filter are not compared and never deleted."), this));
}

// What was not asked while nobody looked.
void EditorFilter::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    m_source.later.start();
    m_target.later.start();
}

void EditorFilter::build(Half &half, const QString &field)
{
    half.text = new FilterText(this, [&half] {
        half.sessions.drop();
        half.count->setText(tr("Too long for this field: at most %1 characters.").arg(format::count(longestFilter)));
    });
    half.text->setObjectName(field);
    half.text->setAccessibleName(problems::fieldLabel(field));
    half.text->setFont(theme::data(font()));
    half.text->setTabChangesFocus(true);
    half.text->setUndoRedoEnabled(false); // the editor's own
    half.text->setFixedHeight(72);
    half.count = new QLabel(this);
    half.count->setObjectName(field + u".count"_s);
    half.count->setTextFormat(Qt::PlainText);
    half.count->setWordWrap(true);
    m_form->addRow(sheet::label(field, half.text, this), half.text);
    m_form->addRow(half.count);
    half.later.setSingleShot(true);
    half.later.setInterval(countAfterMs);
    connect(&half.later, &QTimer::timeout, this, [this, &half] { count(half); });
    connect(half.text, &QPlainTextEdit::textChanged, this, [this, &half] {
        if (!m_showing)
            edited(half);
    });
}

void EditorFilter::edited(Half &half)
{
    if (m_table < 0)
        return;
    const QString sql = static_cast<const FilterText *>(half.text)->sql();
    half.shown = sql.trimmed().isEmpty() ? QString() : sql;
    m_draft.apply(draft::withWhere(m_draft.json(), m_table, half.isTarget, half.shown),
                  u"%1:where.%2"_s.arg(m_table).arg(half.isTarget));
}

void EditorFilter::put(Half &half, const QString &sql)
{
    const bool fits = sql.size() <= longestFilter;
    half.shown = sql;
    half.text->setReadOnly(!fits);
    half.text->setPlainText(fits ? sql : QString(sql.left(1000) + u'…'));
}

void EditorFilter::setTable(int table, const Side &source, const Side &target)
{
    const bool sameTable = table == m_table && source.table == m_source.side.table;
    m_table = table;
    const auto take = [&](Half &half, const Side &side) {
        const bool same = sameTable && half.side.connection == side.connection && half.side.table == side.table;
        half.side = side;
        if (same)
            return;
        half.sessions.drop();
        half.counted.clear();
        half.count->clear();
        half.later.start();
    };
    take(m_source, source);
    take(m_target, target);
    showDraft();
}

void EditorFilter::showDraft()
{
    m_showing = true;
    const QJsonValue where = m_draft.value(m_table, {u"where"_s});
    const bool offered = EditorOffers(m_draft).hasFilter();
    m_source.text->setPlaceholderText(offered ? u"status <> 'draft'"_s
                                              : tr("What comes from a service or a queue has no filter."));
    for (Half *half : {&m_source, &m_target}) {
        const QString sql = m_table < 0 ? QString() : draft::whereOf(where, half->isTarget);
        half->text->setEnabled(offered || !sql.isEmpty()); // a file may say one: that is a problem
        if (half->shown != sql)
            put(*half, sql);
        if (sql != half->counted)
            half->later.start();
    }
    m_showing = false;
}

void EditorFilter::count(Half &half)
{
    half.sessions.drop();
    const QString sql = half.shown.trimmed();
    half.counted = half.shown;
    if (half.text->isReadOnly()) {
        half.count->setText(tr("%1 characters: too long to be edited here. It stays as it is in the file.")
                                .arg(format::count(half.shown.size())));
        return;
    }
    if (!half.side.connection || half.side.table.name.isEmpty() || !isVisible() || sql.isEmpty()) {
        half.count->setText(half.side.rows >= 0 && sql.isEmpty()
                                ? tr("All rows, about %1.").arg(format::count(half.side.rows))
                                : QString());
        return;
    }
    half.count->setText(tr("Counting…"));
    half.sessions.ask(
        this,
        [side = half.side, sql](EditorSessions::Sides &sides) -> Result<RowCount> {
            TRY_ASSIGN(Session *const session, sides.open(*side.connection));
            return countRows(*session, side.table, sql);
        },
        [this, &half](const Result<RowCount> &rows) { show(half, rows); });
}

void EditorFilter::show(Half &half, const Result<RowCount> &rows)
{
    QPalette colors = palette();
    if (!rows) {
        colors.setColor(QPalette::WindowText, theme::color(theme::Token::Remove, palette()));
        half.count->setPalette(colors);
        half.count->setText(wording::oneLine(rows.error()));
        return;
    }
    half.count->setPalette(colors);
    const QString passing = format::count(rows->rows);
    if (!rows->exact)
        half.count->setText(tr("At least %1 rows pass.").arg(passing));
    else if (half.side.rows >= 0)
        half.count->setText(tr("%1 rows pass, of about %2.").arg(passing, format::count(half.side.rows)));
    else
        half.count->setText(tr("%1 rows pass.").arg(passing));
}

QWidget *EditorFilter::field(const QString &name) const
{
    return name == "where.target"_L1 ? m_target.text : m_source.text;
}

} // namespace tidemark
