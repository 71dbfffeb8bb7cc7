// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editoradvice.h"

#include <QApplication>
#include <QClipboard>
#include <QHeaderView>
#include <QJsonArray>
#include <QJsonDocument>
#include <QJsonObject>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QTreeView>
#include <QVBoxLayout>

#include "app/wording/adviser.h"
#include "app/wording/wording.h"
#include "core/base/units.h"
#include "ui/jobs/editorpage.h"
#include "ui/jobs/engine.h"
#include "ui/jobs/jobdraft.h"
#include "ui/widgets/framedelegate.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr int askAfterMs = 300;
static constexpr int queryRole = Qt::UserRole;
static constexpr int mendRole = Qt::UserRole + 1;
static constexpr int candidateRole = Qt::UserRole + 2;

QJsonObject detectJson(const DetectSettings &detect)
{
    switch (detect.by) {
    case DetectBy::Hash:
        break;
    case DetectBy::Log:
        return {{u"by"_s, u"log"_s}};
    case DetectBy::Timestamp: {
        QJsonObject json{{u"by"_s, u"timestamp"_s}, {u"column"_s, detect.column}};
        if (detect.lagMs)
            json["lag"_L1] = formatDuration(*detect.lagMs);
        return json;
    }
    case DetectBy::Version: {
        const bool perRow = detect.scope == VersionScope::Row;
        return {{u"by"_s, u"version"_s}, {u"column"_s, detect.column}, {u"scope"_s, perRow ? u"row"_s : u"table"_s}};
    }
    case DetectBy::Flag:
        return {{u"by"_s, u"flag"_s},
                {u"column"_s, detect.column},
                {u"pending"_s, draft::scalarOf(detect.pending)},
                {u"done"_s, draft::scalarOf(detect.done)}};
    }
    return {{u"by"_s, u"hash"_s}};
}

DetectSettings detectSettings(const QJsonObject &detect)
{
    DetectSettings settings;
    const QString by = detect.value("by"_L1).toString();
    settings.by = by == "timestamp"_L1 ? DetectBy::Timestamp
        : by == "version"_L1           ? DetectBy::Version
        : by == "flag"_L1              ? DetectBy::Flag
        : by == "log"_L1               ? DetectBy::Log
                                       : DetectBy::Hash;
    settings.column = detect.value("column"_L1).toString();
    if (settings.by == DetectBy::Timestamp)
        settings.lagMs = parseDurationMs(detect.value("lag"_L1).toString());
    if (detect.value("scope"_L1).toString() == "row"_L1)
        settings.scope = VersionScope::Row;
    const auto flag = [&](QLatin1StringView key) {
        const QJsonValue value = detect.value(key);
        return value.isBool() ? (value.toBool() ? u"1"_s : u"0"_s) : draft::scalarText(value);
    };
    if (settings.by == DetectBy::Flag) {
        settings.pending = flag("pending"_L1);
        settings.done = flag("done"_L1);
    }
    return settings;
}

EditorAdvice::EditorAdvice(const std::shared_ptr<Desk> &desk, QWidget *parent)
    : QWidget(parent), m_sessions(std::shared_ptr<Connector>(desk, &desk->connector())), m_sentence(new QLabel(this)),
      m_view(new QTreeView(this)), m_sql(new QPlainTextEdit(this)), m_use(new QPushButton(tr("&Use this way"), this)),
      m_copy(new QPushButton(tr("Copy the S&QL"), this)), m_again(new QPushButton(tr("&Look again"), this))
{
    build();
    m_later.setSingleShot(true);
    m_later.setInterval(askAfterMs);
    connect(&m_later, &QTimer::timeout, this, &EditorAdvice::ask);
}

void EditorAdvice::build()
{
    m_sentence->setWordWrap(true);
    m_sentence->setTextFormat(Qt::PlainText);
    m_model.setHorizontalHeaderLabels({tr("Way to find changes"), tr("Grade"), tr("Figure")});
    m_view->setObjectName(u"advice"_s);
    m_view->setAccessibleName(tr("Advice"));
    m_view->setModel(&m_model);
    m_view->setItemDelegate(new FrameDelegate(m_view));
    m_view->setEditTriggers(QAbstractItemView::NoEditTriggers);
    m_view->setUniformRowHeights(true);
    m_view->setItemsExpandable(false);
    m_view->setIndentation(0); // the style fills the place of branches with the selection's colour
    m_view->setMinimumHeight(120);
    m_view->header()->setStretchLastSection(true);
    m_sql->setObjectName(u"adviceSql"_s);
    m_sql->setAccessibleName(tr("Query and mending SQL"));
    m_sql->setReadOnly(true);
    m_sql->setTabChangesFocus(true);
    m_sql->setFont(theme::data(font()));
    m_sql->setMaximumHeight(96);
    auto *buttons = new QHBoxLayout;
    for (QPushButton *button : {m_again, m_copy, m_use}) {
        button->setAutoDefault(false);
        if (button == m_copy)
            buttons->addStretch();
        buttons->addWidget(button);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->addWidget(m_sentence);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_sql);
    layout->addLayout(buttons);
    connect(m_view->selectionModel(), &QItemSelectionModel::currentChanged, this, &EditorAdvice::showCurrent);
    connect(m_again, &QPushButton::clicked, this, &EditorAdvice::askAgain);
    connect(m_copy, &QPushButton::clicked, this, [this] {
        QApplication::clipboard()->setText(m_view->currentIndex().siblingAtColumn(0).data(mendRole).toString());
    });
    connect(m_use, &QPushButton::clicked, this, [this] {
        const int at = m_view->currentIndex().siblingAtColumn(0).data(candidateRole).toInt();
        if (at >= 0 && at < m_shown.candidates.size())
            Q_EMIT chosen(m_shown.candidates.at(at).detect);
    });
    showCurrent();
}

QString EditorAdvice::questionKey() const
{
    if (!m_question.connection || !m_question.schema)
        return {};
    const QJsonObject question{{u"connection"_s, connectionToJson(*m_question.connection)},
                               {u"table"_s, m_question.schema->name.display()},
                               {u"key"_s, QJsonArray::fromStringList(m_question.key)},
                               {u"where"_s, m_question.where},
                               {u"detect"_s, detectJson(m_question.chosen)}};
    return QString::fromUtf8(QJsonDocument(question).toJson(QJsonDocument::Compact));
}

void EditorAdvice::setQuestion(const Question &question)
{
    m_question = question;
    if (questionKey() != m_asked)
        m_later.start();
}

void EditorAdvice::showEvent(QShowEvent *event)
{
    QWidget::showEvent(event);
    if (questionKey() != m_asked)
        m_later.start();
}

void EditorAdvice::askAgain()
{
    m_answers.remove(questionKey());
    m_asked.clear();
    ask();
}

void EditorAdvice::ask()
{
    const QString key = questionKey();
    if (!isVisible() || key == m_asked)
        return;
    m_sessions.drop();
    m_asked = key;
    if (key.isEmpty() || m_answers.contains(key)) {
        fill(m_answers.value(key));
        return;
    }
    m_model.removeRows(0, m_model.rowCount());
    m_sentence->setText(tr("Looking at the table…"));
    m_sessions.ask(
        this,
        [question = m_question](EditorSessions::Sides &sides) -> Result<TableAdvice> {
            TRY_ASSIGN(Session *const session, sides.open(*question.connection));
            Adviser adviser(*session);
            TRY_ASSIGN(TableAdvice advice, adviser.advise(*question.schema, question.where));
            // The way that the job takes, where it is none of those that come to mind.
            bool known = false;
            for (const CandidateAdvice &candidate : std::as_const(advice.candidates))
                known = known
                    || (candidate.detect.by == question.chosen.by && candidate.detect.column == question.chosen.column);
            if (!known && question.schema->columnIndex(question.chosen.column) >= 0) {
                TRY_ASSIGN(CandidateAdvice own,
                           adviser.advise(*question.schema, question.chosen, question.key, question.where));
                advice.candidates.append(std::move(own));
            }
            return advice;
        },
        [this](const Result<TableAdvice> &advice) { show(advice); });
}

void EditorAdvice::show(const Result<TableAdvice> &advice)
{
    if (!advice) {
        m_shown = {};
        m_sentence->setText(wording::oneLine(advice.error()));
        return;
    }
    m_answers.insert(m_asked, *advice);
    fill(*advice);
}

void EditorAdvice::fill(const TableAdvice &advice)
{
    m_shown = advice;
    m_model.removeRows(0, m_model.rowCount());
    m_sentence->setText(advice.candidates.isEmpty() ? QString() : wording::advice(advice));
    for (const Finding &finding : advice.findings)
        addFinding(m_model.invisibleRootItem(), finding);
    for (int i = 0; i < advice.candidates.size(); ++i)
        addCandidate(advice.candidates.at(i), i == advice.recommended);
    if (m_model.rowCount() > 0)
        m_view->setCurrentIndex(
            m_model.index(std::min(m_model.rowCount() - 1, static_cast<int>(advice.findings.size())), 0));
    m_view->expandAll();
    m_view->setColumnWidth(0, std::max(220, m_view->width() * 5 / 9));
    m_view->setColumnWidth(1, 96);
    showCurrent();
}

static QIcon gradeIcon(Grade grade)
{
    switch (grade) {
    case Grade::Good:
        return signs::icon(u"done"_s, theme::Token::Insert);
    case Grade::Warning:
        return signs::icon(u"warning"_s, theme::Token::Warning);
    case Grade::Problem:
        return signs::icon(u"error"_s, theme::Token::Remove);
    case Grade::Unknown:
        break;
    }
    return signs::icon(u"question"_s, theme::Token::Muted);
}

void EditorAdvice::addCandidate(const CandidateAdvice &candidate, bool recommended)
{
    const QString name = wording::candidate(candidate.detect);
    auto *way = new QStandardItem(recommended ? tr("%1 (recommended)").arg(name) : name);
    QFont bold = way->font();
    bold.setWeight(QFont::DemiBold);
    way->setFont(bold);
    way->setData(static_cast<int>(m_model.rowCount() - m_shown.findings.size()), candidateRole);
    auto *grade = new QStandardItem(gradeIcon(candidate.grade), wording::gradeWord(candidate.grade));
    m_model.appendRow({way, grade, new QStandardItem});
    const int at = way->data(candidateRole).toInt();
    QStringList sentences;
    for (const Finding &finding : candidate.findings) {
        addFinding(way, finding);
        way->child(way->rowCount() - 1)->setData(at, candidateRole);
        sentences << wording::finding(finding);
    }
    way->setData(sentences.join(u'\n'), Qt::AccessibleDescriptionRole);
}

void EditorAdvice::addFinding(QStandardItem *parent, const Finding &finding)
{
    auto *title = new QStandardItem(QString(u"\u2003"_s + wording::findingTitle(finding.code)));
    const QString sentence = wording::finding(finding);
    title->setToolTip(sentence);
    title->setData(sentence, Qt::AccessibleDescriptionRole);
    title->setData(finding.query, queryRole);
    QString mend = finding.mend.join(u";\n"_s);
    if (!mend.isEmpty())
        mend += u';';
    title->setData(mend, mendRole);
    title->setData(-1, candidateRole);
    auto *grade = new QStandardItem(gradeIcon(finding.grade), wording::gradeWord(finding.grade));
    parent->appendRow({title, grade, new QStandardItem(wording::figure(finding))});
}

void EditorAdvice::showCurrent()
{
    const QModelIndex current = m_view->currentIndex().siblingAtColumn(0);
    const QString query = current.data(queryRole).toString();
    const QString mend = current.data(mendRole).toString();
    QStringList text;
    if (const QString sentence = current.data(Qt::AccessibleDescriptionRole).toString(); !sentence.isEmpty())
        text << sentence;
    if (!query.isEmpty())
        text << tr("Asked: %1").arg(query);
    if (!mend.isEmpty())
        text << tr("Mends it:") + u'\n' + mend;
    m_sql->setPlainText(text.join(u"\n\n"_s));
    m_copy->setEnabled(!mend.isEmpty());
    m_use->setEnabled(current.isValid() && current.data(candidateRole).toInt() >= 0);
    m_again->setEnabled(!questionKey().isEmpty());
}

} // namespace tidemark
