// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/plan/scriptwindow.h"

#include <QClipboard>
#include <QEvent>
#include <QFile>
#include <QFileDialog>
#include <QFileInfo>
#include <QGuiApplication>
#include <QHBoxLayout>
#include <QLabel>
#include <QPlainTextEdit>
#include <QPushButton>
#include <QShortcut>
#include <QUuid>

#include "app/wording/wording.h"
#include "core/run/sqlscript.h"
#include "ui/jobs/engine.h"
#include "ui/plan/celltext.h"
#include "ui/widgets/background.h"
#include "ui/widgets/format.h"
#include "ui/widgets/theme.h"

using namespace Qt::StringLiterals;

namespace tidemark {

static constexpr qint64 shownBytes = 256 * 1024;
static constexpr qint64 copiedBytes = 32 << 20;

ScriptWindow::Work::~Work()
{
    if (!file.isEmpty())
        QThreadPool::globalInstance()->start([file = file] { QFile::remove(file); });
}

ScriptWindow::ScriptWindow(std::shared_ptr<Desk> desk, const JobSettings &job, const QString &planFile,
                           const std::optional<QList<PlanRange>> &rows, QWidget *parent)
    : QWidget(parent, Qt::Window), m_work(std::make_shared<Work>()), m_title(job.target.label()),
      m_note(new QLabel(this)), m_state(new QLabel(this)), m_text(new QPlainTextEdit(this)),
      m_copy(new QPushButton(this)), m_save(new QPushButton(this)), m_close(new QPushButton(this))
{
    setObjectName(u"scriptWindow"_s);
    setAttribute(Qt::WA_DeleteOnClose);
    resize(860, 560);
    auto *layout = new QVBoxLayout(this);
    layout->setContentsMargins(theme::group, theme::group, theme::group, theme::group);
    for (QLabel *label : {m_note, m_state}) {
        label->setTextFormat(Qt::PlainText);
        label->setForegroundRole(QPalette::PlaceholderText);
    }
    m_note->setWordWrap(true);
    m_text->setObjectName(u"script"_s);
    m_text->setReadOnly(true);
    m_text->setTextInteractionFlags(Qt::TextSelectableByMouse | Qt::TextSelectableByKeyboard);
    m_text->setTabChangesFocus(true);
    m_text->setLineWrapMode(QPlainTextEdit::NoWrap);
    m_text->setFont(theme::data(font()));
    layout->addWidget(m_note);
    layout->addWidget(m_text, 1);
    auto *buttons = new QHBoxLayout;
    buttons->addWidget(m_state, 1);
    buttons->addWidget(m_copy);
    buttons->addWidget(m_save);
    buttons->addWidget(m_close);
    layout->addLayout(buttons);
    connect(m_copy, &QPushButton::clicked, this, &ScriptWindow::copy);
    connect(m_save, &QPushButton::clicked, this, &ScriptWindow::save);
    connect(m_close, &QPushButton::clicked, this, &QWidget::close);
    connect(new QShortcut(Qt::Key_Escape, this), &QShortcut::activated, this, &QWidget::close);
    m_copy->setEnabled(false);
    m_save->setEnabled(false);
    m_timer.setInterval(250);
    connect(&m_timer, &QTimer::timeout, this,
            [this] { m_state->setText(tr("Writing row %1…").arg(format::count(m_work->rows))); });
    retranslate();
    m_state->setText(tr("Reading the tables of %1…").arg(celltext::name(m_title)));
    start(std::move(desk), job, planFile, rows);
}

ScriptWindow::~ScriptWindow() { m_work->cancellation.cancel(); }

void ScriptWindow::start(std::shared_ptr<Desk> desk, const JobSettings &job, const QString &planFile,
                         const std::optional<QList<PlanRange>> &rows)
{
    m_timer.start();
    const auto write = [desk = std::move(desk), job, planFile, rows, work = m_work]() -> Written {
        const auto script = [&]() -> Result<void> {
            TRY_ASSIGN(const auto plan, PlanReader::open(planFile));
            // Beside the plan: the folder is nobody else's.
            work->file = QFileInfo(planFile).absolutePath() + u"/script-"_s
                + QUuid::createUuid().toString(QUuid::WithoutBraces) + u".sql"_s;
            SqlScript::Options options;
            options.title = wording::safeText(plan->head().source) + u" → "_s + wording::safeText(plan->head().target);
            options.rows = rows;
            options.progress = [&](qint64 count) { work->rows = count; };
            return SqlScript(desk->connector(), job, work->cancellation).write(*plan, work->file, std::move(options));
        };
        Written written{script(), {}, 0};
        QFile file(work->file);
        if (written.result && file.open(QIODevice::ReadOnly)) {
            written.bytes = file.size();
            written.beginning = QString::fromUtf8(file.read(shownBytes));
        }
        return written;
    };
    inBackground(this, write, [this](const Written &written) { finish(written); });
}

void ScriptWindow::finish(const Written &written)
{
    m_timer.stop();
    if (!written.result) {
        const wording::Message message = wording::message(written.result.error());
        m_state->setText(message.what);
        m_text->setPlaceholderText(wording::oneLine(written.result.error()));
    } else {
        m_bytes = written.bytes;
        m_cut = m_bytes > shownBytes;
        m_text->setPlainText(celltext::harmless(written.beginning));
        m_copy->setEnabled(m_bytes <= copiedBytes);
        m_save->setEnabled(true);
        retranslate();
    }
    m_ready = true;
    Q_EMIT ready();
}

void ScriptWindow::copy()
{
    inBackground(
        this,
        [work = m_work] {
            QFile file(work->file);
            return file.open(QIODevice::ReadOnly) ? QString::fromUtf8(file.readAll()) : QString();
        },
        [this](const QString &text) {
            QGuiApplication::clipboard()->setText(text);
            m_state->setText(tr("Copied."));
        });
}

void ScriptWindow::save()
{
    auto *dialog = new QFileDialog(this, tr("Save the script"), {}, tr("SQL scripts (*.sql)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setAcceptMode(QFileDialog::AcceptSave);
    dialog->setDefaultSuffix(u"sql"_s);
    connect(dialog, &QFileDialog::fileSelected, this, [this](const QString &target) {
        inBackground(
            this,
            [work = m_work, target]() -> QString {
                QSaveFile copy(target);
                QFile file(work->file);
                bool written = file.open(QIODevice::ReadOnly) && copy.open(QIODevice::WriteOnly);
                while (written && !file.atEnd()) {
                    const QByteArray piece = file.read(1 << 20);
                    written = copy.write(piece) == piece.size();
                }
                return written && copy.commit() ? QString() : copy.errorString();
            },
            [this, target](const QString &error) {
                m_state->setText(error.isEmpty() ? tr("Saved: %1").arg(wording::safeText(target))
                                                 : tr("Not saved: %1").arg(wording::safeText(error)));
            });
    });
    dialog->open();
}

void ScriptWindow::retranslate()
{
    setWindowTitle(tr("SQL for %1").arg(celltext::name(m_title)));
    m_note->setText(
        tr("To be read, and run by hand. Synchronising checks each row again before it is written; a script "
           "cannot."));
    m_text->setAccessibleName(tr("Script"));
    m_copy->setText(tr("Copy"));
    m_copy->setToolTip(m_bytes > copiedBytes ? tr("Too large for the clipboard; save it") : QString());
    m_save->setText(tr("Save…"));
    m_close->setText(tr("Close"));
    if (m_bytes > 0)
        m_state->setText(
            m_cut ? tr("The first %1 of %2 are shown.").arg(format::bytes(shownBytes), format::bytes(m_bytes))
                  : format::bytes(m_bytes));
}

void ScriptWindow::changeEvent(QEvent *event)
{
    if (event->type() == QEvent::LanguageChange)
        retranslate();
    QWidget::changeEvent(event);
}

} // namespace tidemark
