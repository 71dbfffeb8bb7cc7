// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QWidget>

class QLabel;

namespace tidemark {

// A label, its control, and a line below that says what the control means or what is wrong with it.
class FieldRow final : public QWidget
{
    Q_OBJECT
public:
    // `focus`: the control that the label's mnemonic leads to, where `editor` is made of several.
    FieldRow(const QString &label, QWidget *editor, QWidget *parent, QWidget *focus = nullptr);

    void setLabel(const QString &text);
    void setHint(const QString &text); // shown while nothing is wrong
    void setProblem(const QString &text, bool calm = false); // empty: none; calm: missing, but nobody has been here
    void setWarning(const QString &text); // a hint that should be noticed
    QString note() const;
    QWidget *control() const { return m_control; }

    int labelWidth() const;
    void setLabelWidth(int width);
    static void align(const QList<FieldRow *> &rows); // one left edge for all of their controls

protected:
    void changeEvent(QEvent *event) override;
    void resizeEvent(QResizeEvent *event) override;

private:
    enum class Tone : quint8 { Hint, Warning, Problem };
    void show(const QString &text, Tone tone);
    void colour();
    void refresh();
    void fit();
    QLabel *m_label;
    QWidget *m_control;
    QWidget *m_noteRow;
    QLabel *m_sign;
    QLabel *m_note;
    QString m_hint, m_warning, m_problem;
    bool m_calm = false;
    Tone m_tone = Tone::Hint;
};

} // namespace tidemark
