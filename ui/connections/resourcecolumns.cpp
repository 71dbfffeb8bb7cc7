// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/resourcecolumns.h"

#include <QEvent>
#include <QHeaderView>
#include <QLabel>
#include <QProgressBar>
#include <QPushButton>
#include <QTableWidget>
#include <QVBoxLayout>

#include "app/wording/wording.h"
#include "ui/connections/columntypedelegate.h"
#include "ui/widgets/flowlayout.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr int Name = 0, Type = 1, From = 2, Count = 3;

ResourceColumns::ResourceColumns(QWidget *parent)
    : QWidget(parent), m_table(new QTableWidget(0, Count, this)),
      m_infer(new QPushButton(tr("&Infer from the service"), this)), m_add(new QPushButton(tr("Add a c&olumn"), this)),
      m_remove(new QPushButton(tr("Remove col&umn"), this)), m_progress(new QProgressBar(this)),
      m_note(new QLabel(this))
{
    m_table->setObjectName(u"resourceColumns"_s);
    m_infer->setObjectName(u"inferColumns"_s);
    m_add->setObjectName(u"addColumn"_s);
    m_remove->setObjectName(u"removeColumn"_s);
    m_note->setObjectName(u"columnsNote"_s);
    m_table->setAccessibleName(tr("Columns"));
    m_table->setHorizontalHeaderLabels({tr("Column"), tr("Type"), tr("Found at")});
    m_table->horizontalHeaderItem(From)->setToolTip(
        tr("A JSON pointer into the record, such as /customer/id. Empty: the record's member of the column's name."));
    m_table->setItemDelegate(new ColumnTypeDelegate(Type, m_table));
    m_table->setSelectionBehavior(QAbstractItemView::SelectRows);
    m_table->setTabKeyNavigation(false);
    m_table->setShowGrid(false);
    m_table->setWordWrap(false);
    m_table->verticalHeader()->hide();
    m_table->verticalHeader()->setDefaultSectionSize(theme::rowHeight(font()));
    m_table->horizontalHeader()->setHighlightSections(false);
    m_table->horizontalHeader()->setSectionResizeMode(QHeaderView::Stretch);
    m_table->horizontalHeader()->setSectionResizeMode(Type, QHeaderView::ResizeToContents);
    m_infer->setWhatsThis(tr("Reads the first records of the resource and says what their members are. Writes "
                             "nothing; columns that stand here stay."));
    m_progress->setRange(0, 0);
    m_progress->setTextVisible(false);
    m_progress->setFixedHeight(4);
    m_progress->setAccessibleName(tr("Reading the first records"));
    m_progress->hide();
    m_note->setTextFormat(Qt::PlainText);
    m_note->setWordWrap(true);
    m_note->setFont(theme::caption(font()));
    m_note->setTextInteractionFlags(Qt::TextSelectableByMouse);
    auto *buttons = new FlowLayout;
    for (QPushButton *button : {m_infer, m_add, m_remove}) {
        button->setAutoDefault(false);
        buttons->addWidget(button);
    }
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(4);
    layout->addWidget(m_table);
    layout->addWidget(m_progress);
    layout->addLayout(buttons);
    layout->addWidget(m_note);
    connect(m_infer, &QPushButton::clicked, this, [this] { m_busy ? Q_EMIT stopWanted() : Q_EMIT inferWanted(); });
    connect(m_add, &QPushButton::clicked, this, &ResourceColumns::addEmpty);
    connect(m_remove, &QPushButton::clicked, this, &ResourceColumns::removeSelected);
    connect(m_table, &QTableWidget::itemSelectionChanged, this, &ResourceColumns::followButtons);
    connect(m_table, &QTableWidget::cellChanged, this, [this] {
        if (!m_filling)
            Q_EMIT edited();
    });
    end();
}

void ResourceColumns::add(const HttpColumn &column)
{
    const int row = m_table->rowCount();
    m_table->insertRow(row);
    const std::pair<int, const QString &> cells[]{{Name, column.name}, {Type, column.type}, {From, column.from}};
    for (const auto &[at, text] : cells)
        m_table->setItem(row, at, new QTableWidgetItem(text));
}

void ResourceColumns::show(const std::optional<QList<HttpColumn>> &columns)
{
    m_filling = true;
    m_table->setRowCount(0);
    for (const HttpColumn &column : columns.value_or(QList<HttpColumn>()))
        add(column);
    m_filling = false;
    end();
}

std::optional<QList<HttpColumn>> ResourceColumns::columns() const
{
    if (m_table->rowCount() == 0)
        return {};
    QList<HttpColumn> all;
    for (int row = 0; row < m_table->rowCount(); ++row) {
        const auto text = [&](int at) {
            const QTableWidgetItem *item = m_table->item(row, at);
            return item != nullptr ? item->text().trimmed() : QString();
        };
        all += HttpColumn{text(Name), text(Type), text(From)};
    }
    return all;
}

void ResourceColumns::addEmpty()
{
    m_filling = true;
    add({{}, u"text"_s, {}});
    m_filling = false;
    end();
    Q_EMIT edited();
    m_table->setCurrentCell(m_table->rowCount() - 1, Name);
    m_table->setFocus();
    m_table->editItem(m_table->currentItem());
}

void ResourceColumns::removeSelected()
{
    QList<int> rows;
    for (const QModelIndex &index : m_table->selectionModel()->selectedRows())
        rows << index.row();
    std::sort(rows.begin(), rows.end(), std::greater<>());
    for (const int row : std::as_const(rows))
        m_table->removeRow(row);
    end();
    Q_EMIT edited();
}

void ResourceColumns::begin(const QString &resource)
{
    m_busy = true;
    m_progress->show();
    m_infer->setText(tr("S&top"));
    say(tr("Reading the first records of %1…").arg(wording::safeText(resource, 60)), false);
    followButtons();
}

void ResourceColumns::take(const QList<HttpColumn> &inferred)
{
    const QList<HttpColumn> before = columns().value_or(QList<HttpColumn>());
    int added = 0;
    m_filling = true;
    for (const HttpColumn &column : inferred) {
        const auto same = [&column](const HttpColumn &there) { return there.name == column.name; };
        if (std::any_of(before.cbegin(), before.cend(), same))
            continue;
        add(column);
        ++added;
    }
    m_filling = false;
    end();
    say(before.isEmpty() ? tr("%n column(s) found. Look at their types: a page of records may not show all.", nullptr,
                              static_cast<int>(inferred.size()))
                         : tr("%n column(s) added; those that stood here are as they were.", nullptr, added),
        false);
    Q_EMIT edited();
}

void ResourceColumns::fail(const QString &why)
{
    end();
    say(why, true);
}

void ResourceColumns::end()
{
    m_busy = false;
    m_progress->hide();
    m_infer->setText(tr("&Infer from the service"));
    say(m_table->rowCount() == 0 ? tr("None named: each run infers them from the first records.") : QString(), false);
    followButtons();
    fit();
}

void ResourceColumns::followButtons()
{
    m_add->setEnabled(!m_busy);
    m_remove->setEnabled(!m_busy && !m_table->selectionModel()->selectedRows().isEmpty());
    m_table->setEnabled(!m_busy);
}

// All rows of a usual resource are seen; a long one scrolls.
void ResourceColumns::fit()
{
    const int rows = std::clamp(m_table->rowCount(), 2, 8);
    m_table->setFixedHeight(m_table->horizontalHeader()->sizeHint().height()
                            + rows * m_table->verticalHeader()->defaultSectionSize() + 2 * m_table->frameWidth());
    keepRoom();
}

void ResourceColumns::say(const QString &text, bool isFault)
{
    m_isFault = isFault;
    QPalette colours = palette();
    colours.setColor(QPalette::WindowText,
                     theme::color(isFault ? theme::Token::Remove : theme::Token::Muted, palette()));
    m_note->setPalette(colours);
    m_note->setText(text);
    m_note->setVisible(!text.isEmpty());
    keepRoom();
}

// The page scrolls where it is too long; what stands here is not squeezed.
void ResourceColumns::keepRoom()
{
    const QLayout &all = *layout();
    setMinimumHeight(all.hasHeightForWidth() && width() > 0 ? all.totalHeightForWidth(width())
                                                            : all.totalMinimumSize().height());
}

void ResourceColumns::resizeEvent(QResizeEvent *event)
{
    QWidget::resizeEvent(event);
    keepRoom();
}

void ResourceColumns::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::PaletteChange)
        say(m_note->text(), m_isFault);
    QWidget::changeEvent(event);
}

} // namespace tidemark
