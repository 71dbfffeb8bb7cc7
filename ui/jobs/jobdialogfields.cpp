// SPDX-License-Identifier: GPL-3.0-or-later
// What the job dialog is made of.
#include "ui/jobs/jobdialog.h"

#include <QCheckBox>
#include <QComboBox>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QListWidget>
#include <QRadioButton>
#include <QToolButton>

#include "ui/widgets/framedelegate.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

QWidget *JobDialog::note(QWidget *field, QLabel *label)
{
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(2);
    layout->addWidget(field);
    layout->addWidget(label);
    label->setFont(theme::caption(font()));
    label->setWordWrap(true);
    label->setTextFormat(Qt::PlainText);
    label->hide();
    box->setFocusProxy(field);
    return box;
}

void JobDialog::buildSides()
{
    auto *sides = new QWidget(this);
    auto *row = new QHBoxLayout(sides);
    row->setContentsMargins(0, 0, 0, 0);
    auto *swap = new QToolButton(sides);
    swap->setIcon(signs::icon(u"swap"_s));
    swap->setToolTip(tr("Swap source and target"));
    swap->setAccessibleName(tr("Swap source and target"));
    swap->setMinimumSize(theme::control, theme::control);
    m_source->setAccessibleName(tr("Source"));
    m_target->setAccessibleName(tr("Target"));
    row->addWidget(m_source, 1);
    row->addWidget(new QLabel(u"→"_s, sides));
    row->addWidget(m_target, 1);
    row->addWidget(swap);
    sides->setFocusProxy(m_source);
    m_form->addRow(tr("&Source → target:"), note(sides, m_sidesNote));
    connect(swap, &QToolButton::clicked, this, &JobDialog::swapSides);
    for (QComboBox *side : {m_source, m_target}) {
        side->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
        connect(side, &QComboBox::activated, this, [this, side] {
            if (side->currentData().toString() == "+"_L1)
                newConnection(side);
            validate();
            readTables();
        });
    }

    auto *modes = new QWidget(this);
    auto *column = new QVBoxLayout(modes);
    column->setContentsMargins(0, 0, 0, 0);
    m_update->setText(tr("Add and update: never deletes."));
    m_mirror->setText(tr("Make identical: also deletes rows missing in the source."));
    m_update->setChecked(true);
    column->addWidget(m_update);
    column->addWidget(m_mirror);
    m_form->addRow(tr("Mode:"), modes);
}

void JobDialog::buildTables()
{
    auto *box = new QWidget(this);
    auto *layout = new QVBoxLayout(box);
    layout->setContentsMargins(0, 0, 0, 0);
    m_all->setText(tr("All tables that both sides have"));
    m_some->setText(tr("Only those ticked"));
    m_all->setChecked(true);
    m_tables->setAccessibleName(tr("Tables"));
    m_tables->setItemDelegate(new FrameDelegate(m_tables));
    m_tables->setMinimumHeight(120);
    layout->addWidget(m_all);
    layout->addWidget(m_some);
    layout->addWidget(m_tables, 1);
    m_form->addRow(tr("Tables:"), note(box, m_tablesNote));
    m_create->setText(tr("Create tables that the target does not have"));
    m_form->addRow({}, m_create);
    connect(m_create, &QCheckBox::toggled, this, [this](bool create) {
        m_all->setText(create ? tr("All tables of the source") : tr("All tables that both sides have"));
        showCatalog(m_catalog);
    });
    connect(m_all, &QRadioButton::toggled, this, [this](bool all) {
        m_tables->setEnabled(!all);
        validate();
    });
    connect(m_tables, &QListWidget::itemChanged, this, [this] {
        showColumns();
        validate();
    });
    m_tables->setEnabled(false);
}

void JobDialog::buildDetection()
{
    m_detect->addItem(tr("Compare all rows"), u"hash"_s);
    m_detect->addItem(tr("By a time stamp"), u"timestamp"_s);
    m_detect->addItem(tr("By a version number"), u"version"_s);
    m_detect->addItem(tr("By a flag"), u"flag"_s);
    m_scope->addItem(tr("One growing sequence a table"), u"table"_s);
    m_scope->addItem(tr("A counter a row"), u"row"_s);
    m_transaction->addItem(tr("A batch of rows"), u"batch"_s);
    m_transaction->addItem(tr("A table, or tables joined by foreign keys"), u"table"_s);
    m_transaction->addItem(tr("The whole run"), u"run"_s);
    m_column->setEditable(true);
    m_lag->setPlaceholderText(tr("automatic"));
    m_where->setPlaceholderText(u"status <> 'draft'"_s);
    m_form->addRow(tr("&Find changes:"), note(m_detect, m_detectNote));
    m_form->addRow(tr("&Column:"), m_column);
    m_form->addRow(tr("&Re-read the last:"), m_lag);
    m_form->addRow(tr("Coun&ts as:"), m_scope);
    m_form->addRow(tr("Value when &pending:"), m_pending);
    m_form->addRow(tr("Value when &done:"), m_done);
    m_form->addRow(tr("Only rows &where:"), m_where);
    m_form->addRow(tr("C&ommit after:"), m_transaction);
    connect(m_detect, &QComboBox::currentIndexChanged, this, &JobDialog::showDetection);
    for (QLineEdit *edit : {m_name, m_lag, m_pending, m_done})
        connect(edit, &QLineEdit::textChanged, this, &JobDialog::validate);
    connect(m_name, &QLineEdit::textEdited, this, [this] { m_touched = true; });
    connect(m_column, &QComboBox::editTextChanged, this, &JobDialog::validate);
    showDetection();
}

} // namespace tidemark
