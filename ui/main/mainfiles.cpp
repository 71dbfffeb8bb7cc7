// SPDX-License-Identifier: GPL-3.0-or-later
// Job files from elsewhere, and what is dropped on the window.
#include "ui/main/mainwindow.h"

#include <QDragEnterEvent>
#include <QFileDialog>
#include <QFileInfo>
#include <QMimeData>
#include <QUrl>

#include "core/config/jsontext.h"
#include "ui/jobs/joblistmodel.h"
#include "ui/widgets/background.h"

using namespace Qt::StringLiterals;

namespace tidemark {

void MainWindow::chooseJobFile()
{
    auto *dialog = new QFileDialog(this, tr("Open job file"), {}, tr("Job files (*.json)"));
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(QFileDialog::ExistingFile);
    connect(dialog, &QFileDialog::fileSelected, this, &MainWindow::openJobFile);
    dialog->open();
}

void MainWindow::openJobFile(const QString &file)
{
    m_wants.file = file;
    if (!m_loaded)
        return;
    m_wants.file.clear();
    struct Opened
    {
        JobSettings job;
        QString hash;
    };
    inBackground(
        this,
        [desk = m_desk, file]() -> Result<Opened> {
            // What is shown, and what trust is kept for, is read once, whatever becomes of the file meanwhile.
            const QString path = QFileInfo(file).absoluteFilePath();
            TRY_ASSIGN(const QByteArray bytes, readFile(path));
            TRY_ASSIGN(const QJsonObject json, parseJson(bytes, path));
            TRY_ASSIGN(JobSettings job, jobFromJson(json, path, desk->workspace()));
            return Opened{std::move(job), jobHash(json)};
        },
        [this, file](const Result<Opened> &opened) {
            if (!opened)
                return showError(opened.error());
            m_preferences.addRecent(QFileInfo(file).absoluteFilePath());
            savePreferences();
            showActions(); // there is a recent file now
            visit(opened->job, opened->hash);
        });
}

void MainWindow::dragEnterEvent(QDragEnterEvent *event)
{
    if (m_loaded && event->mimeData()->hasUrls())
        event->acceptProposedAction();
}

void MainWindow::dropEvent(QDropEvent *event)
{
    QStringList files;
    for (const QUrl &url : event->mimeData()->urls()) {
        if (url.isLocalFile())
            files << url.toLocalFile();
    }
    if (files.size() == 1 && files.first().endsWith(u".json"_s, Qt::CaseInsensitive))
        openJobFile(files.first());
    else if (!files.isEmpty())
        compareTwo(files);
}

} // namespace tidemark
