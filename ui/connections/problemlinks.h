// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QPushButton>

#include "ui/connections/connectiondraft.h"

class QLabel;

namespace tidemark {

// A word that leads somewhere, by mouse, Return or Space.
class LinkButton final : public QPushButton
{
    Q_OBJECT
public:
    LinkButton(const QString &text, QWidget *parent);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override { return sizeHint(); }

protected:
    void paintEvent(QPaintEvent *event) override;
};

// What is still to be filled in or mended: each problem leads to its field.
class ProblemLinks final : public QWidget
{
    Q_OBJECT
public:
    explicit ProblemLinks(QWidget *parent);
    void setProblems(const QList<ConnectionProblem> &problems);

Q_SIGNALS:
    void fieldWanted(tidemark::ConnectionField field);

private:
    QLabel *m_intro;
    QLabel *m_general; // problems of no field
    QList<LinkButton *> m_links; // one a field, in their order: it stands still while others come and go
};

} // namespace tidemark
