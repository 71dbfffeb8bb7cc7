// SPDX-License-Identifier: GPL-3.0-or-later
#include "ui/connections/pathfield.h"

#include <QDropEvent>
#include <QFileDialog>
#include <QHBoxLayout>
#include <QMimeData>
#include <QPushButton>

#include "ui/connections/textfield.h"
#include "ui/widgets/theme.h"

namespace tidemark {

PathField::PathField(const QString &title, Wants wants, QWidget *parent)
    : QWidget(parent), m_edit(new TextField(this)), m_title(title), m_wants(wants)
{
    auto *layout = new QHBoxLayout(this);
    layout->setContentsMargins(0, 0, 0, 0);
    layout->setSpacing(theme::gap);
    auto *button = new QPushButton(tr("Choose…"), this);
    button->setAccessibleName(tr("Choose: %1").arg(title));
    button->setWhatsThis(tr("Chooses the file from the folders. It can be dropped onto the field, too."));
    layout->addWidget(m_edit, 1);
    layout->addWidget(button);
    connect(button, &QPushButton::clicked, this, &PathField::choose);
    m_edit->installEventFilter(this);
    setFocusProxy(m_edit);
}

// A dropped file would be typed as a URL otherwise.
bool PathField::eventFilter(QObject *watched, QEvent *event)
{
    if (watched == m_edit && event->type() == QEvent::Drop) {
        const auto urls = static_cast<QDropEvent *>(event)->mimeData()->urls();
        if (urls.size() == 1 && urls.first().isLocalFile()) {
            m_edit->replace(urls.first().toLocalFile());
            static_cast<QDropEvent *>(event)->acceptProposedAction();
            return true;
        }
    }
    return QWidget::eventFilter(watched, event);
}

void PathField::choose()
{
    auto *dialog = new QFileDialog(this, m_title, m_edit->text());
    dialog->setAttribute(Qt::WA_DeleteOnClose);
    dialog->setFileMode(m_wants == Wants::AnyFile ? QFileDialog::AnyFile : QFileDialog::ExistingFile);
    dialog->setOption(QFileDialog::DontConfirmOverwrite);
    dialog->setLabelText(QFileDialog::Accept, tr("Choose"));
    connect(dialog, &QFileDialog::fileSelected, m_edit, [edit = m_edit](const QString &file) { edit->replace(file); });
    dialog->open();
}

} // namespace tidemark
