// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/resourcespage.h"

#include <QComboBox>
#include <QListWidget>
#include <QPushButton>
#include <QSignalBlocker>
#include <QSpinBox>
#include <QTableWidget>
#include <QVBoxLayout>

#include "app/wording/wording.h"
#include "ui/connections/fieldrow.h"
#include "ui/connections/pairsfield.h"
#include "ui/connections/resourcecolumns.h"
#include "ui/connections/textfield.h"
#include "ui/connections/verbfield.h"
#include "ui/widgets/emptyplace.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/framedelegate.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

using Field = ConnectionField;
using By = HttpPaging::By;

static const QString namesBetween = u", "_s;

TextField *ResourcesPage::text(const QString &name, const QString &placeholder)
{
    auto *edit = new TextField(this);
    edit->setObjectName(name);
    edit->setPlaceholderText(placeholder);
    return edit;
}

ResourcesPage::ResourcesPage(QWidget *parent)
    : ConnectionPage(parent), m_empty(new EmptyPlace(u"driver-http"_s, this)), m_list(new QListWidget(this)),
      m_add(new QPushButton(tr("Add a resou&rce"), this)), m_remove(new QPushButton(tr("Remove resource"), this)),
      m_name(text(u"resourceName"_s, u"orders"_s)), m_path(text(u"resourcePath"_s, u"/orders"_s)),
      m_records(text(u"records"_s, u"/data"_s)), m_key(text(u"resourceKey"_s, u"id"_s)),
      m_columns(new ResourceColumns(this)), m_by(new QComboBox(this)), m_param(text(u"pagingParam"_s)),
      m_sizeParam(text(u"sizeParam"_s)), m_next(text(u"pagingNext"_s, u"/next"_s)),
      m_total(text(u"pagingTotal"_s, u"X-Total-Count"_s)), m_sinceParam(text(u"sinceParam"_s, u"updated_since"_s)),
      m_sinceField(text(u"sinceField"_s, u"updated_at"_s)), m_size(new QSpinBox(this)), m_first(new QSpinBox(this)),
      m_query(new PairsField(u"query"_s, tr("Fixed parameters"), tr("Add a parameter"), this)),
      m_insert(new VerbField(HttpChange::Insert, u"insert"_s, tr("Insert"), this)),
      m_update(new VerbField(HttpChange::Update, u"update"_s, tr("Update"), this)),
      m_delete(new VerbField(HttpChange::Delete, u"delete"_s, tr("Delete"), this)),
      m_record(text(u"writtenRecord"_s, u"/data"_s))
{
    setAccessibleName(tr("Resources"));
    buildList();
    buildPlace();
    buildPaging();
    buildWriting();
    alignRows();
    for (TextField *edit : {m_name, m_path, m_records, m_key, m_param, m_sizeParam, m_next, m_total, m_sinceParam,
                            m_sinceField, m_record})
        connect(edit, &QLineEdit::textChanged, this, &ResourcesPage::take);
    connect(m_by, &QComboBox::currentIndexChanged, this, &ResourcesPage::take);
    for (QSpinBox *box : {m_size, m_first})
        connect(box, &QSpinBox::valueChanged, this, &ResourcesPage::take);
    connect(m_query, &PairsField::edited, this, &ResourcesPage::take);
    for (VerbField *verb : {m_insert, m_update, m_delete})
        connect(verb, &VerbField::edited, this, &ResourcesPage::take);
    connect(m_columns, &ResourceColumns::edited, this, &ResourcesPage::take);
    connect(m_columns, &ResourceColumns::inferWanted, this, &ResourcesPage::inferWanted);
    connect(m_columns, &ResourceColumns::stopWanted, this, &ResourcesPage::stopWanted);
    connect(m_list, &QListWidget::currentRowChanged, this, &ResourcesPage::choose);
    connect(m_add, &QPushButton::clicked, this, &ResourcesPage::add);
    connect(m_empty, &EmptyPlace::clicked, this, &ResourcesPage::add);
    connect(m_remove, &QPushButton::clicked, this, &ResourcesPage::remove);
}

void ResourcesPage::buildList()
{
    m_list->setObjectName(u"resources"_s);
    m_list->setItemDelegate(new FrameDelegate(m_list));
    m_list->setFixedHeight(4 * theme::rowHeight(font()));
    m_add->setObjectName(u"addResource"_s);
    m_remove->setObjectName(u"removeResource"_s);
    m_listBox = new QWidget(body());
    auto *column = new QVBoxLayout(m_listBox);
    column->setContentsMargins(0, 0, 0, 0);
    column->setSpacing(4);
    column->addWidget(m_list);
    auto *buttons = new FlowLayout;
    for (QPushButton *button : {m_add, m_remove}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    column->addLayout(buttons);
    m_empty->setSentence(tr("Each resource of the service is a table to jobs. None is described yet."));
    m_empty->setButton(tr("Add a resource"));
    m_empty->setAccent(false);
    addWidget(m_empty);
    addRow(Field::Resources, tr("Resources:"), m_listBox, tr("What of the service jobs see as tables."), m_list);
}

void ResourcesPage::buildPlace()
{
    addRow(Field::ResourceName, tr("Na&me:"), m_name, tr("What jobs call this table."));
    addRow(Field::ResourcePath, tr("&Path:"), m_path, tr("Where it lies below the address of the service."));
    addRow(Field::Records, tr("Recor&ds:"), m_records,
           tr("A JSON pointer to the list of records in an answer. Empty: the answer is the list."))
        ->setHint(tr("Where the answer holds the list of records. Empty: the answer is the list."));
    addRow(Field::Columns, tr("Columns:"), m_columns, tr("What the records hold."), m_columns->table());
    addRow(Field::Key, tr("&Key:"), m_key, tr("The columns that tell records apart, with commas between them."))
        ->setHint(tr("The columns that tell records apart. Empty: the job names them."));
}

void ResourcesPage::buildPaging()
{
    m_by->setObjectName(u"pagingBy"_s);
    m_by->addItem(tr("One answer holds all"), static_cast<int>(By::None));
    m_by->addItem(tr("Pages by number"), static_cast<int>(By::Page));
    m_by->addItem(tr("Pages by offset"), static_cast<int>(By::Offset));
    m_by->addItem(tr("Pages by cursor"), static_cast<int>(By::Cursor));
    m_by->addItem(tr("A link to the next page"), static_cast<int>(By::NextLink));
    m_by->setAccessibleName(tr("Paging"));
    m_size->setObjectName(u"pageSize"_s);
    m_size->setRange(0, 1'000'000);
    m_size->setSpecialValueText(tr("as the service decides"));
    m_first->setObjectName(u"firstPage"_s);
    m_first->setRange(0, 1);
    m_byRow = new FieldRow(tr("Pa&ging:"), m_by, body());
    addWidget(m_byRow);
    addRow(Field::PagingParam, tr("Page parameter:"), m_param, tr("The parameter that names the page wanted."));
    m_firstRow = new FieldRow(tr("First page:"), m_first, body());
    m_firstRow->setHint(tr("The number of the first page."));
    addWidget(m_firstRow);
    addRow(Field::PagingNext, tr("Next page:"), m_next,
           tr("A JSON pointer to the next cursor or link in an answer. Empty for a link: the Link header."));
    FieldRow *row = addRow(Field::PageSize, tr("Records a page:"), m_size, tr("How many records a page has."));
    row->setHint(tr("Sent where the size parameter is named."));
    auto *sizeParam = new FieldRow(tr("Size parameter:"), m_sizeParam, body());
    addWidget(sizeParam);
    alsoIn(Field::PageSize, sizeParam, m_size, tr("How many records a page has."));
    addRow(Field::PagingTotal, tr("Count:"), m_total,
           tr("A JSON pointer or a header that says how many records there are."))
        ->setHint(tr("Where the service says how many records there are; proves that none was left out."));
    auto *since = new QWidget(this);
    auto *layout = new QHBoxLayout(since);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::gap);
    layout->addWidget(m_sinceParam);
    layout->addWidget(m_sinceField);
    m_sinceField->setAccessibleName(tr("Column that it is compared with"));
    addRow(Field::Since, tr("Only what is new:"), since,
           tr("The service's own way of asking for what has changed: a parameter, and the column whose values it is "
              "compared with. Empty: all is read each time."),
           m_sinceParam)
        ->setHint(tr("Parameter, and the column that it is compared with. Empty: all is read each time."));
}

const HttpResource *ResourcesPage::current() const
{
    return m_current >= 0 && m_current < m_resources.size() ? &m_resources.at(m_current) : nullptr;
}

void ResourcesPage::load(const ConnectionDraft &draft)
{
    m_resources = draft.service.resources;
    m_current = m_resources.isEmpty() ? -1 : std::clamp(m_current, 0, static_cast<int>(m_resources.size()) - 1);
    fillList();
    show();
}

void ResourcesPage::store(ConnectionDraft &draft) const { draft.service.resources = m_resources; }

void ResourcesPage::fillList()
{
    const QSignalBlocker blocker(m_list);
    while (m_list->count() > m_resources.size())
        delete m_list->takeItem(m_list->count() - 1);
    while (m_list->count() < m_resources.size())
        m_list->addItem(QString());
    for (int item = 0; item < m_resources.size(); ++item) {
        const HttpResource &resource = m_resources.at(item);
        const QString name = resource.name.isEmpty() ? tr("(no name)") : wording::safeText(resource.name, 60);
        const auto isHere = [item](const ConnectionProblem &problem) { return problem.item == item; };
        const bool faulty = std::any_of(m_problems.cbegin(), m_problems.cend(), isHere);
        const QString line =
            resource.path.isEmpty() ? name : tr("%1 · %2").arg(name, wording::safeText(resource.path, 80));
        m_list->item(item)->setText(line);
        m_list->item(item)->setIcon(faulty ? signs::icon(u"warning"_s, theme::Token::Warning) : QIcon());
    }
    m_list->setCurrentRow(m_current);
}

void ResourcesPage::add()
{
    Q_EMIT stopWanted();
    m_resources += HttpResource();
    m_current = static_cast<int>(m_resources.size()) - 1;
    fillList();
    show();
    Q_EMIT edited();
    m_name->setFocus(Qt::OtherFocusReason);
}

void ResourcesPage::remove()
{
    if (current() == nullptr)
        return;
    Q_EMIT stopWanted();
    m_resources.removeAt(m_current);
    m_current = std::min(m_current, static_cast<int>(m_resources.size()) - 1);
    fillList();
    show();
    Q_EMIT edited();
}

void ResourcesPage::choose(int item)
{
    if (item == m_current)
        return;
    Q_EMIT stopWanted();
    m_current = item;
    show();
    showProblems(m_problems);
}

void ResourcesPage::show()
{
    m_showing = true;
    const HttpResource resource = current() != nullptr ? *current() : HttpResource();
    const HttpSince since = resource.since.value_or(HttpSince());
    const std::pair<TextField *, QString> texts[]{
        {m_name, resource.name},          {m_path, resource.path},
        {m_records, resource.records},    {m_key, resource.key.join(namesBetween)},
        {m_param, resource.paging.param}, {m_sizeParam, resource.paging.sizeParam},
        {m_next, resource.paging.next},   {m_total, resource.paging.total},
        {m_sinceParam, since.param},      {m_sinceField, since.field}};
    for (const auto &[edit, text] : texts) {
        if (edit->text() != text)
            edit->reset(text); // another resource's text is nothing to undo to
    }
    m_columns->show(resource.columns);
    m_by->setCurrentIndex(m_by->findData(static_cast<int>(resource.paging.by)));
    m_size->setValue(static_cast<int>(resource.paging.size));
    m_first->setValue(static_cast<int>(resource.paging.first));
    showWriting(resource);
    m_showing = false;
    m_empty->setVisible(m_resources.isEmpty());
    const QList<FieldRow *> rows = body()->findChildren<FieldRow *>();
    for (FieldRow *row : rows)
        row->setVisible(current() != nullptr);
    followPaging();
}

void ResourcesPage::followPaging()
{
    if (current() == nullptr)
        return;
    const By by = current()->paging.by;
    const bool counted = by == By::Page || by == By::Offset;
    row(Field::PagingParam)->setVisible(counted || by == By::Cursor);
    m_firstRow->setVisible(by == By::Page);
    row(Field::PagingNext)->setVisible(by == By::Cursor || by == By::NextLink);
    row(Field::PagingNext)
        ->setHint(by == By::NextLink ? tr("Where the answer holds the link. Empty: its Link header.")
                                     : tr("Where the answer holds the cursor of the next page."));
    row(Field::PageSize)->setVisible(by != By::None);
    m_size->parentWidget()->setVisible(by != By::None);
    m_sizeParam->parentWidget()->setVisible(by != By::None);
}

// A name with a comma in it is as it came while nobody touches the key.
static QStringList namesOf(const QString &text, const QStringList &before)
{
    if (text == before.join(namesBetween))
        return before;
    QStringList names;
    const QStringList parts = text.split(u',');
    for (const QString &part : parts) {
        if (!part.trimmed().isEmpty())
            names << part.trimmed();
    }
    return names;
}

void ResourcesPage::take()
{
    if (m_showing || current() == nullptr)
        return;
    HttpResource &resource = m_resources[m_current];
    resource.name = m_name->text().trimmed();
    resource.path = m_path->text().trimmed();
    resource.records = m_records->text().trimmed();
    resource.key = namesOf(m_key->text(), resource.key);
    resource.columns = m_columns->columns();
    HttpPaging &paging = resource.paging;
    paging.by = static_cast<By>(m_by->currentData().toInt());
    const bool counted = paging.by == By::Page || paging.by == By::Offset;
    const bool follows = paging.by == By::Cursor || paging.by == By::NextLink;
    paging.param = counted || paging.by == By::Cursor ? m_param->text().trimmed() : QString();
    paging.next = follows ? m_next->text().trimmed() : QString();
    paging.size = paging.by == By::None ? 0 : m_size->value();
    paging.sizeParam = paging.by == By::None ? QString() : m_sizeParam->text().trimmed();
    paging.first = paging.by == By::Page ? m_first->value() : HttpPaging().first;
    paging.total = m_total->text().trimmed();
    const HttpSince since{m_sinceParam->text().trimmed(), m_sinceField->text().trimmed()};
    resource.since = since == HttpSince() ? std::nullopt : std::optional(since);
    takeWriting(resource);
    followPaging();
    fillList();
    Q_EMIT edited();
}

void ResourcesPage::follow(const ConnectionDraft &) { m_remove->setEnabled(current() != nullptr); }

void ResourcesPage::showProblems(const QList<ConnectionProblem> &problems)
{
    m_problems = problems;
    fillList();
    QList<ConnectionProblem> here;
    for (const ConnectionProblem &problem : problems) {
        if (problem.item < 0 || problem.item == m_current)
            here += problem;
    }
    ConnectionPage::showProblems(here);
}

void ResourcesPage::reveal(ConnectionField field)
{
    if (field == Field::Resources && m_resources.isEmpty()) {
        if (auto *begin = m_empty->findChild<QPushButton *>())
            begin->setFocus(Qt::OtherFocusReason);
        return;
    }
    for (const ConnectionProblem &problem : std::as_const(m_problems)) {
        if (problem.field == field && problem.item >= 0)
            return m_list->setCurrentRow(problem.item);
    }
}

} // namespace tidemark
