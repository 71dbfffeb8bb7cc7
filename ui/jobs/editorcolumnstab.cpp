// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/jobs/editorcolumnstab.h"

#include <QCheckBox>
#include <QComboBox>
#include <QCompleter>
#include <QFormLayout>
#include <QHeaderView>
#include <QLabel>
#include <QLineEdit>
#include <QPushButton>
#include <QTableView>
#include <QTimeZone>

#include "app/wording/wording.h"
#include "core/reconcile/mergerow.h"
#include "ui/jobs/editordelegate.h"
#include "ui/jobs/editorpage.h"
#include "ui/jobs/jobdraft.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

EditorColumnsTab::EditorColumnsTab(JobDraft &draft, QWidget *parent)
    : QWidget(parent), m_draft(draft), m_model(draft), m_key(new QLabel(this)), m_later(sheet::note({}, this)),
      m_ownKey(new QPushButton(tr("Key by the &table"), this)), m_search(new QLineEdit(this)),
      m_view(new QTableView(this)), m_only(new QCheckBox(tr("On&ly these columns"), this)),
      m_remark(sheet::note({}, this)), m_special(specials())
{
    build();
    connect(&m_model, &QAbstractItemModel::dataChanged, this, &EditorColumnsTab::showDraft);
    connect(&m_model, &QAbstractItemModel::modelReset, this, &EditorColumnsTab::showDraft);
}

void EditorColumnsTab::build()
{
    m_key->setTextFormat(Qt::PlainText);
    m_key->setObjectName(u"keyNote"_s);
    m_later->setObjectName(u"laterTimes"_s);
    m_key->setWordWrap(true);
    m_ownKey->setAutoDefault(false);
    m_ownKey->setObjectName(u"keyByTable"_s);
    m_search->setPlaceholderText(tr("Find a column"));
    m_search->setAccessibleName(tr("Find a column"));
    m_search->setObjectName(u"columnSearch"_s);
    m_search->setClearButtonEnabled(true);
    m_only->setObjectName(u"columnsOnly"_s);
    m_only->setToolTip(tr("A column that the source gets later is then not taken along."));
    m_filtered.setSourceModel(&m_model);
    m_filtered.setFilterCaseSensitivity(Qt::CaseInsensitive);
    m_filtered.setFilterKeyColumn(-1);
    m_view->setObjectName(u"columns"_s);
    m_view->setAccessibleName(tr("Columns"));
    m_view->setModel(&m_filtered);
    m_view->setItemDelegate(
        new EditorCellDelegate(EditorColumnModel::Target, EditorColumnModel::TargetsRole,
                               {{tr("By name"), QString()}, {tr("Leave out"), EditorColumnModel::leaveOut}}, m_view));
    m_view->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_view->setSelectionMode(QAbstractItemView::SingleSelection);
    m_view->setEditTriggers(QAbstractItemView::DoubleClicked | QAbstractItemView::EditKeyPressed
                            | QAbstractItemView::AnyKeyPressed);
    m_view->setTabKeyNavigation(false);
    m_view->setShowGrid(false);
    m_view->setWordWrap(false);
    m_view->verticalHeader()->hide();
    m_view->verticalHeader()->setDefaultSectionSize(theme::row);
    m_view->horizontalHeader()->setHighlightSections(false);
    m_view->horizontalHeader()->setDefaultAlignment(Qt::AlignLeft | Qt::AlignVCenter);
    m_view->horizontalHeader()->setSectionResizeMode(EditorColumnModel::Source, QHeaderView::Stretch);
    m_view->horizontalHeader()->setSectionResizeMode(EditorColumnModel::Target, QHeaderView::Stretch);
    for (const int ticks : {EditorColumnModel::Key, EditorColumnModel::Compare, EditorColumnModel::Write})
        m_view->horizontalHeader()->setSectionResizeMode(ticks, QHeaderView::ResizeToContents);
    m_view->setMinimumHeight(140);
    auto *top = new QHBoxLayout;
    top->addWidget(m_key, 1);
    top->addWidget(m_ownKey);
    auto *bottom = new QHBoxLayout;
    bottom->addWidget(m_only);
    bottom->addStretch();
    bottom->addWidget(m_search);
    auto *layout = new QVBoxLayout(this);
    layout->addLayout(top);
    layout->addWidget(m_later);
    layout->addWidget(m_view, 1);
    layout->addWidget(m_remark);
    layout->addWidget(m_special);
    layout->addLayout(bottom);
    connect(m_search, &QLineEdit::textChanged, &m_filtered, &QSortFilterProxyModel::setFilterFixedString);
    connect(m_ownKey, &QPushButton::clicked, this, [this] { m_model.clearKey(); });
    connect(m_only, &QCheckBox::clicked, this, [this](bool on) { m_model.setColumnsOnly(on); });
    connect(m_view->selectionModel(), &QItemSelectionModel::currentRowChanged, this, &EditorColumnsTab::showCurrent);
}

QWidget *EditorColumnsTab::specials()
{
    constexpr int shortest = 14; // letters: the list of tables beside it needs room, too
    auto *box = new QWidget(this);
    m_form = sheet::form(box);
    m_form->setContentsMargins(0, 0, 0, 0);
    m_zone = new QComboBox(box);
    m_zone->setEditable(true);
    m_zone->setInsertPolicy(QComboBox::NoInsert);
    m_zone->setObjectName(u"zone"_s);
    m_zone->setAccessibleName(tr("Time zone"));
    m_zone->addItem({});
    const QList<QByteArray> zones = QTimeZone::availableTimeZoneIds();
    for (const QByteArray &zone : zones)
        m_zone->addItem(QString::fromLatin1(zone));
    m_zone->completer()->setFilterMode(Qt::MatchContains);
    m_zone->completer()->setCompletionMode(QCompleter::PopupCompletion);
    m_zone->lineEdit()->setPlaceholderText(tr("as written"));
    m_zeroDate = new QComboBox(box);
    m_zeroDate->setObjectName(u"zeroDate"_s);
    m_zeroDate->setAccessibleName(tr("Zero dates"));
    m_zeroDate->addItem(tr("Set the row aside"), u"refuse"_s);
    m_zeroDate->addItem(tr("Write NULL"), u"null"_s);
    m_nulByte = new QComboBox(box);
    m_nulByte->setObjectName(u"nulByte"_s);
    m_nulByte->setAccessibleName(tr("NUL characters"));
    m_nulByte->addItem(tr("Set the row aside"), u"refuse"_s);
    m_nulByte->addItem(tr("Leave them out"), u"strip"_s);
    for (QComboBox *combo : {m_zone, m_zeroDate, m_nulByte}) {
        combo->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        combo->setMinimumContentsLength(shortest);
    }
    m_form->addRow(tr("Time zone"), m_zone);
    m_form->addRow(tr("Zero dates (0000-00-00)"), m_zeroDate);
    m_form->addRow(tr("NUL characters"), m_nulByte);
    m_rule = new QComboBox(box);
    m_rule->setObjectName(u"rule"_s);
    m_rule->setAccessibleName(tr("Changed on both sides"));
    m_rule->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    m_rule->setMinimumContentsLength(shortest);
    m_form->addRow(tr("Changed on both sides"), m_rule);
    connect(m_rule, &QComboBox::activated, this, [this] {
        const QString value = m_rule->currentData().toString();
        // Where a rule would be preset, "ask" is said as such: it is not preset again.
        const QJsonValue ask =
            m_model.isChangeTime(currentRow()) ? QJsonValue(QJsonValue::Null) : QJsonValue(QJsonValue::Undefined);
        setSpecial(u"rule"_s, value.isEmpty() ? ask : QJsonValue(value));
    });
    connect(m_zone, &QComboBox::editTextChanged, this, [this](const QString &zone) {
        setSpecial(u"zone"_s,
                   zone.trimmed().isEmpty() ? QJsonValue(QJsonValue::Undefined) : QJsonValue(zone.trimmed()));
    });
    for (const auto &[combo, key] : {std::pair(m_zeroDate, u"zeroDate"_s), std::pair(m_nulByte, u"nulByte"_s)}) {
        connect(combo, &QComboBox::activated, this, [this, combo = combo, key = key] {
            const QString value = combo->currentData().toString();
            setSpecial(key, value == "refuse"_L1 ? QJsonValue(QJsonValue::Undefined) : QJsonValue(value));
        });
    }
    return box;
}

int EditorColumnsTab::currentRow() const
{
    const QModelIndex current = m_filtered.mapToSource(m_view->currentIndex());
    return current.isValid() ? current.row() : -1;
}

void EditorColumnsTab::setSpecial(const QString &key, const QJsonValue &value)
{
    if (!m_showing && currentRow() >= 0)
        m_model.setSpecial(currentRow(), key, value);
}

void EditorColumnsTab::showDraft()
{
    QStringList key;
    for (int row = 0; row < m_model.rowCount(); ++row) {
        if (m_model.at(row)->key)
            key << wording::safeText(m_model.at(row)->source, 60);
    }
    if (key.isEmpty())
        m_key->setText(tr("No key: tick the columns that tell one row from another."));
    else if (m_model.ownKey())
        m_key->setText(tr("Rows are matched by %1, as chosen here.").arg(key.join(u", "_s)));
    else
        m_key->setText(tr("Rows are matched by %1, the table's own key.").arg(key.join(u", "_s)));
    QStringList later; // columns whose greater time is kept
    for (int row = 0; row < m_model.rowCount() && m_model.mergesCells(); ++row) {
        if (m_model.isChangeTime(row) && m_model.special(row, u"rule"_s).toString() == "greatest"_L1)
            later << wording::safeText(m_model.at(row)->source, 60);
    }
    m_later->setText(tr("Both sides change %1 with every edit: the later time is kept, and is no conflict. Select the "
                        "column to have it otherwise.")
                         .arg(later.join(u", "_s)));
    m_later->setVisible(!later.isEmpty());
    m_ownKey->setVisible(m_model.ownKey());
    m_only->setChecked(m_model.columnsOnly());
    m_search->setVisible(m_model.rowCount() > 12 || !m_search->text().isEmpty());
    showCurrent();
}

void EditorColumnsTab::showCurrent()
{
    m_showing = true;
    const int row = currentRow();
    const EditorColumn *column = m_model.at(row);
    const QString remark = row < 0 ? QString() : m_model.index(row, 0).data(EditorColumnModel::RemarkRole).toString();
    m_remark->setText(remark);
    m_remark->setVisible(!remark.isEmpty());
    const bool paired = column != nullptr && !column->source.isEmpty() && !column->target.isEmpty();
    const auto either = [&](auto test) { return paired && (test(column->sourceType) || test(column->targetType)); };
    const bool zone = either([](const ColumnType &type) { return type.kind == CellKind::Timestamp; });
    const bool dates = paired
        && (column->sourceType.kind == CellKind::Date || column->sourceType.kind == CellKind::Timestamp
            || column->sourceType.kind == CellKind::Instant);
    const bool nul = paired && column->sourceType.kind == CellKind::Text && column->sourceType.holdsNul
        && !column->targetType.holdsNul;
    m_form->setRowVisible(m_zone, zone);
    m_form->setRowVisible(m_zeroDate, dates);
    m_form->setRowVisible(m_nulByte, nul);
    const bool rule = showRule(paired && !column->key && column->compare ? column : nullptr);
    m_form->setRowVisible(m_rule, rule);
    m_special->setVisible(zone || dates || nul || rule);
    const QString name = m_model.special(row, u"zone"_s).toString();
    if (m_zone->currentText().trimmed() != name)
        m_zone->setEditText(name);
    m_zeroDate->setCurrentIndex(m_zeroDate->findData(m_model.special(row, u"zeroDate"_s).toString(u"refuse"_s)));
    m_nulByte->setCurrentIndex(m_nulByte->findData(m_model.special(row, u"nulByte"_s).toString(u"refuse"_s)));
    m_showing = false;
}

// What becomes of a cell that both sides changed: where rows are merged, or where the file says something already.
bool EditorColumnsTab::showRule(const EditorColumn *column)
{
    const QString said = m_model.special(currentRow(), u"rule"_s).toString();
    if (column == nullptr || !(m_model.mergesCells() || !said.isEmpty()))
        return false;
    const std::pair<CellRule, QString> rules[]{{CellRule::None, tr("Ask")},
                                               {CellRule::Source, tr("The source's value")},
                                               {CellRule::Target, tr("The target's value")},
                                               {CellRule::Greatest, tr("The greater value")},
                                               {CellRule::Least, tr("The smaller value")},
                                               {CellRule::NonNull, tr("The value that is not NULL")},
                                               {CellRule::Concatenate, tr("Both texts, the source's first")},
                                               {CellRule::Sum, tr("Both changes added up")}};
    m_rule->clear();
    for (const auto &[rule, text] : rules) {
        const QString name = rule == CellRule::None ? QString() : cellRuleName(rule);
        if (ruleFits(rule, column->sourceType.kind) || name == said)
            m_rule->addItem(text, name);
    }
    if (m_rule->findData(said) < 0) // what this version does not know stays, and is told of
        m_rule->addItem(wording::safeText(said, 40), said);
    m_rule->setCurrentIndex(m_rule->findData(said));
    return true;
}

void EditorColumnsTab::lead(const QString &field, const QString &column)
{
    m_search->clear();
    const int row = m_model.rowOf(column);
    const int section = field == "key"_L1 ? EditorColumnModel::Key : EditorColumnModel::Target;
    if (m_model.rowCount() > 0) {
        const QModelIndex index = m_filtered.mapFromSource(m_model.index(std::max(row, 0), section));
        m_view->setCurrentIndex(index);
        m_view->scrollTo(index);
    }
    sheet::focus(m_view);
}

} // namespace tidemark
