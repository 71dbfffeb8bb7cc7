// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QDialog>
#include <QList>

#include "core/config/keychain.h"
#include "core/data/tableschema.h"

class QComboBox;
class QLabel;
class QPlainTextEdit;
class QPushButton;

namespace tidemark {

class Cancellation;
class Desk;
class FieldRow;
class TextField;

// The SQL that grants a connection's user what a job needs, for the database's keeper to run.
class GrantsDialog final : public QDialog
{
    Q_OBJECT
public:
    // secret: typed and not stored yet; empty: from where the settings say
    GrantsDialog(std::shared_ptr<Desk> desk, const ConnectionSettings &settings, const QString &secret,
                 QWidget *parent);
    ~GrantsDialog() override;

private:
    void build();
    void listTables();
    void showTables(const Result<QList<TableSchema>> &schemas);
    void refresh();

    std::shared_ptr<Desk> m_desk;
    ConnectionSettings m_settings;
    QString m_secret;
    std::shared_ptr<Cancellation> m_reading;
    QList<TableSchema> m_schemas;
    QComboBox *m_side, *m_mode, *m_detect;
    TextField *m_flag, *m_tables, *m_from;
    QPushButton *m_list;
    FieldRow *m_flagRow = nullptr;
    FieldRow *m_tablesRow = nullptr;
    FieldRow *m_fromRow = nullptr;
    FieldRow *m_modeRow = nullptr;
    FieldRow *m_detectRow = nullptr;
    QPlainTextEdit *m_sql;
    QPushButton *m_copy;
};

} // namespace tidemark
