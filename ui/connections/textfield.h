// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QLineEdit>

namespace tidemark {

// A line to type into. What replaces its text from outside can be undone, and text that was pasted or dropped as a
// whole is announced before it stays.
class TextField final : public QLineEdit
{
    Q_OBJECT
public:
    explicit TextField(QWidget *parent = nullptr);

    void replace(const QString &text); // like typing it: Undo brings back what stood there
    void reset(const QString &text); // what stood there before cannot come back (it may hold a password)
    void makeSecret(); // echoes dots, with an eye to look
    bool wasTouched() const { return m_touched; } // somebody has typed or been here

Q_SIGNALS:
    void pasted(const QString &before, const QString &now); // more than one character came at once

protected:
    void focusOutEvent(QFocusEvent *event) override;

private:
    void notice(const QString &now);
    QString m_before;
    bool m_touched = false;
    bool m_replacing = false;
};

} // namespace tidemark
