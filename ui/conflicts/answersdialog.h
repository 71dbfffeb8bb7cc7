// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractTableModel>
#include <QDialog>

#include "ui/conflicts/conflictpicture.h"

class QComboBox;
class QLabel;
class QTableView;

namespace tidemark {

class AccentButton;
class ProposedModel;

// The same answer for similar conflicts, or what a policy would answer: the keys first, then one step.
class AnswersDialog final : public QDialog
{
    Q_OBJECT
public:
    struct Policy
    {
        ConflictPolicy policy = ConflictPolicy::Merge;
        QString newest; // Newest: the column
    };
    // policies: to choose from; none: the same answer for similar ones.
    AnswersDialog(const QString &source, const QString &target, const QList<Policy> &policies, QWidget *parent);
    void setProposed(const QList<ProposedAnswer> &proposed);
    void setFailure(const QString &why);
    Policy policy() const; // as chosen
    QList<ConflictReply> replies() const; // those that answer

Q_SIGNALS:
    void policyChosen();
    void ruleWished(); // to be made the job's own

protected:
    void changeEvent(QEvent *event) override;

private:
    void retranslate();
    void showCount();
    QString policyText(const Policy &policy) const;

    QString m_source, m_target;
    QList<Policy> m_policies;
    QString m_failure;
    bool m_isRead = false;
    QLabel *m_question;
    QComboBox *m_choice;
    QLabel *m_count;
    ProposedModel *m_model;
    QTableView *m_view;
    QLabel *m_rule;
    QPushButton *m_edit;
    QPushButton *m_cancel;
    AccentButton *m_answer;
};

// Answers that are shown before they are given, a line a key.
class ProposedModel final : public QAbstractTableModel
{
    Q_OBJECT
public:
    enum Column : quint8 { Table, Key, Answer, ColumnCount };
    using QAbstractTableModel::QAbstractTableModel;
    void setSides(const QString &source, const QString &target);
    void setProposed(const QList<ProposedAnswer> &proposed);
    const QList<ProposedAnswer> &proposed() const { return m_proposed; }
    int rowCount(const QModelIndex &parent = {}) const override;
    int columnCount(const QModelIndex &parent = {}) const override;
    QVariant data(const QModelIndex &index, int role) const override;
    QVariant headerData(int section, Qt::Orientation orientation, int role) const override;

private:
    QString answer(const ProposedAnswer &proposed) const;
    QString m_source, m_target;
    QList<ProposedAnswer> m_proposed;
};

} // namespace tidemark
