// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QSortFilterProxyModel>
#include <QWidget>

#include "ui/jobs/editorcolumns.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;
class QTableView;

namespace tidemark {

// Key and columns of one table, with what is said of the selected column below.
class EditorColumnsTab final : public QWidget
{
    Q_OBJECT
public:
    explicit EditorColumnsTab(JobDraft &draft, QWidget *parent = nullptr);
    EditorColumnModel &model() { return m_model; }
    void showDraft();
    void lead(const QString &field, const QString &column);

private:
    void build();
    QWidget *specials();
    void showCurrent();
    bool showRule(const EditorColumn *column); // false: there is none to be chosen
    void setSpecial(const QString &key, const QJsonValue &value);
    int currentRow() const;

    JobDraft &m_draft;
    EditorColumnModel m_model;
    QSortFilterProxyModel m_filtered;
    QLabel *m_key;
    QLabel *m_later;
    QPushButton *m_ownKey;
    QLineEdit *m_search;
    QTableView *m_view;
    QCheckBox *m_only;
    QLabel *m_remark;
    QFormLayout *m_form = nullptr;
    QComboBox *m_zone = nullptr;
    QComboBox *m_zeroDate = nullptr;
    QComboBox *m_nulByte = nullptr;
    QComboBox *m_rule = nullptr;
    QWidget *m_special; // made of these
    bool m_showing = false;
};

} // namespace tidemark
