// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/main/comparedialog.h"

#include <QComboBox>
#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QFormLayout>
#include <QHBoxLayout>
#include <QLabel>
#include <QLineEdit>
#include <QMimeData>
#include <QPushButton>
#include <QUrl>
#include <QUuid>

#include "app/wording/wording.h"
#include "ui/jobs/editoroffers.h"
#include "ui/jobs/engine.h"
#include "ui/widgets/accentbutton.h"
#include "ui/widgets/background.h"
#include "ui/widgets/signs.h"

using namespace Qt::StringLiterals;

namespace tidemark {

CompareDialog::CompareDialog(std::shared_ptr<Desk> desk, const QStringList &files, QWidget *parent)
    : QDialog(parent), m_desk(std::move(desk)), m_source(new QComboBox), m_target(new QComboBox),
      m_message(new QLabel(this)), m_compare(new AccentButton(tr("Compare")))
{
    // Tab goes in the order in which the dialog gets its parts: setTabOrder() loses the way at a combo box with a line
    // edit.
    setObjectName(u"compareDialog"_s);
    setWindowTitle(tr("Compare two databases"));
    setMinimumWidth(std::max(560, fontMetrics().averageCharWidth() * 76));
    setAcceptDrops(true);
    auto *sentence =
        new QLabel(tr("Compares all tables that both sides have. Nothing is written until you say so."), this);
    sentence->setWordWrap(true);
    auto *form = new QFormLayout;
    form->setFieldGrowthPolicy(QFormLayout::ExpandingFieldsGrow);
    form->addRow(tr("&Source:"), side(m_source, tr("Source")));
    form->addRow(tr("&Target:"), side(m_target, tr("Target")));
    for (QComboBox *box : {m_source, m_target}) {
        auto *label = qobject_cast<QLabel *>(form->labelForField(box->parentWidget()));
        label->setMinimumHeight(theme::control); // in line with its field
        label->setBuddy(box);
    }
    m_message->setForegroundRole(QPalette::PlaceholderText);
    m_message->setWordWrap(true);
    auto *swap = new QPushButton(tr("S&wap sides"), this);
    swap->setObjectName(u"swap"_s);
    auto *cancel = new QPushButton(tr("Cancel"), this);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(swap);
    buttons->addStretch();
    buttons->addWidget(cancel);
    buttons->addWidget(m_compare);
    auto *layout = new QVBoxLayout(this);
    layout->addWidget(sentence);
    layout->addSpacing(theme::gap);
    layout->addLayout(form);
    layout->addWidget(m_message);
    layout->addStretch();
    layout->addLayout(buttons);
    m_source->setObjectName(u"source"_s);
    m_target->setObjectName(u"target"_s);
    m_message->setTextFormat(Qt::PlainText);
    m_compare->setDefault(true);
    connect(swap, &QPushButton::clicked, this, [this] {
        const QString source = m_source->currentText();
        m_source->setEditText(m_target->currentText());
        m_target->setEditText(source);
    });
    connect(cancel, &QPushButton::clicked, this, &QDialog::reject);
    connect(m_compare, &QPushButton::clicked, this, &QDialog::accept);
    if (!files.isEmpty())
        choose(m_source, files.first());
    if (files.size() > 1)
        choose(m_target, files.at(1));
    validate();
    inBackground(
        this, [desk = m_desk] { return desk->workspace().connections(); },
        [this](const Result<QList<ConnectionSettings>> &connections) {
            if (connections)
                load(*connections);
            else
                m_message->setText(wording::oneLine(connections.error()));
        });
}

QWidget *CompareDialog::side(QComboBox *box, const QString &name)
{
    auto *row = new QWidget(this);
    auto *layout = new QHBoxLayout(row);
    layout->setContentsMargins(0, 0, 0, 0);
    box->setAccessibleName(name);
    box->setSizeAdjustPolicy(QComboBox::AdjustToMinimumContentsLengthWithIcon);
    box->setEditable(true);
    box->setInsertPolicy(QComboBox::NoInsert);
    box->lineEdit()->setPlaceholderText(tr("Connection, URL or SQLite file"));
    box->lineEdit()->setAccessibleName(name);
    layout->addWidget(box, 1);
    auto *file = new QPushButton(tr("SQLite file…"), row);
    layout->addWidget(file);
    connect(box, &QComboBox::editTextChanged, this, &CompareDialog::validate);
    connect(file, &QPushButton::clicked, this, [this, box, name] {
        auto *dialog = new QFileDialog(this, name);
        dialog->setAttribute(Qt::WA_DeleteOnClose);
        dialog->setFileMode(QFileDialog::ExistingFile);
        connect(dialog, &QFileDialog::fileSelected, this, [this, box](const QString &path) { choose(box, path); });
        dialog->open();
    });
    return row;
}

void CompareDialog::choose(QComboBox *box, const QString &file)
{
    if (box->findText(file) < 0)
        box->addItem(signs::icon(u"folder"_s), file);
    box->setCurrentIndex(box->findText(file));
}

void CompareDialog::load(const QList<ConnectionSettings> &connections)
{
    m_connections = connections;
    for (QComboBox *box : {m_source, m_target}) {
        const QString before = box->currentText();
        for (const ConnectionSettings &connection : connections) {
            if (isQueue(connection.driver)) // a job reads it, or publishes there; whoever types its name is told
                continue;
            const bool sql = isSql(connection.driver);
            box->addItem(signs::icon(sql ? u"database"_s : u"driver-"_s + driverName(connection.driver)),
                         connection.name);
        }
        box->setCurrentIndex(box->findText(before));
        box->setEditText(before);
    }
    validate();
}

// The name of a connection, else a URL or the path of a file.
Result<ConnectionSettings> CompareDialog::settingsOf(const QComboBox *box) const
{
    const QString text = box->currentText().trimmed();
    for (const ConnectionSettings &connection : m_connections) {
        if (connection.name == text)
            return connection;
    }
    return connectionFromUrl(text);
}

void CompareDialog::validate()
{
    QString message = tr("SQLite files can also be dropped here.");
    bool usable = true;
    for (const QComboBox *box : {m_source, m_target}) {
        if (box->currentText().trimmed().isEmpty())
            usable = false;
        else if (const auto settings = settingsOf(box); !settings) {
            usable = false;
            message = wording::oneLine(settings.error());
        } else if (isQueue(settings->driver)) {
            usable = false;
            message = tr("The messages of %1 cannot be compared: a job reads them, or publishes there.")
                          .arg(wording::safeText(settings->label(), 60));
        }
    }
    if (const QString why =
            usable ? EditorOffers::whyNoTarget(*settingsOf(m_source), *settingsOf(m_target)) : QString();
        !why.isEmpty()) {
        usable = false;
        message = tr("%1: %2").arg(wording::safeText(m_target->currentText().trimmed(), 60), why);
    }
    if (usable && m_source->currentText().trimmed() == m_target->currentText().trimmed()) {
        usable = false;
        message = tr("Source and target are the same.");
    }
    m_message->setText(message);
    m_compare->setEnabled(usable);
}

JobSettings CompareDialog::jobOf(const ConnectionSettings &source, const ConnectionSettings &target)
{
    JobSettings job;
    job.name = source.label() + u" → "_s + target.label();
    job.source = source;
    job.target = target;
    job.mode = Mode::Mirror;
    job.allTables = true;
    if (target.driver == Driver::Http) // which has no table for it
        job.checkpoint = CheckpointPlace::Journal;
    job.defaults.deletes = DeletePolicy::Propagate;
    job.defaults.leftFilter = LeftFilter::Delete;
    // The same two sides find their own state again.
    const auto sideText = [](const ConnectionSettings &side) {
        return QStringList{driverName(side.driver), side.host, QString::number(side.port), side.database, side.schema}
            .join(u'\n');
    };
    const QUuid space(0x8d3c0a52, 0x3a6e, 0x4d0f, 0x9a, 0x51, 0x2f, 0x1b, 0x77, 0x6e, 0x0c, 0x21);
    job.id = QUuid::createUuidV5(space, sideText(source) + u'\n' + sideText(target)).toString(QUuid::WithoutBraces);
    return job;
}

JobSettings CompareDialog::job() const
{
    return jobOf(settingsOf(m_source).value_or(ConnectionSettings()),
                 settingsOf(m_target).value_or(ConnectionSettings()));
}

void CompareDialog::dragEnterEvent(QDragEnterEvent *event)
{
    if (event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void CompareDialog::dropEvent(QDropEvent *event)
{
    const QList<QUrl> urls = event->mimeData()->urls();
    QStringList files;
    for (const QUrl &url : urls) {
        if (url.isLocalFile())
            files << url.toLocalFile();
    }
    if (files.size() > 1)
        choose(m_target, files.at(1));
    if (!files.isEmpty())
        choose(files.size() == 1 && !m_source->currentText().isEmpty() ? m_target : m_source, files.first());
}

} // namespace tidemark
