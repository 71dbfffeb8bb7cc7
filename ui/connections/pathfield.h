// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

namespace tidemark {

class TextField;

// A path with a picker beside it; a file can be dropped on it.
class PathField final : public QWidget
{
    Q_OBJECT
public:
    enum class Wants : quint8 { ExistingFile, AnyFile };
    PathField(const QString &title, Wants wants, QWidget *parent);
    TextField *edit() const { return m_edit; }

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    void choose();
    TextField *m_edit;
    QString m_title;
    Wants m_wants;
};

} // namespace tidemark
