// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QDialog>
#include <QJsonObject>

#include "core/base/cancellation.h"
#include "ui/jobs/jobdraft.h"
#include "ui/jobs/tablecatalog.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QListWidget;
class QPushButton;
class QRadioButton;

namespace tidemark {

class AccentButton;
class Desk;

// A job: sides, mode, tables, detection, filter. Tables are read off the UI thread once both sides are chosen; every
// problem stands beside its field. Saving goes through the workspace, off the UI thread too.
class JobDialog final : public QDialog
{
    Q_OBJECT
public:
    // file: of the job that is edited; empty: a new one.
    JobDialog(std::shared_ptr<Desk> desk, const QString &file, QStringList takenNames, QWidget *parent = nullptr);
    ~JobDialog() override;

Q_SIGNALS:
    void saved(const QString &name);

private:
    void buildSides();
    void buildTables();
    void buildDetection();
    QWidget *note(QWidget *field, QLabel *label);
    void load();
    void fill(const JobDraft &draft);
    void showConnections(const QList<ConnectionSettings> &connections);
    void newConnection(QComboBox *field);
    void swapSides();
    void readTables();
    void showCatalog(const TableCatalog &catalog);
    void showColumns();
    void showDetection();
    JobDraft draft() const;
    void validate();
    void save();

    std::shared_ptr<Desk> m_desk;
    QString m_file;
    QString m_nameBefore;
    QStringList m_takenNames;
    QJsonObject m_base;
    JobDraft m_loaded;
    QList<ConnectionSettings> m_connections;
    TableCatalog m_catalog;
    QString m_catalogSides;
    std::shared_ptr<Cancellation> m_reading;
    bool m_touched = false;

    QFormLayout *m_form;
    QLineEdit *m_name;
    QLabel *m_nameNote;
    QComboBox *m_source;
    QComboBox *m_target;
    QLabel *m_sidesNote;
    QRadioButton *m_update;
    QRadioButton *m_mirror;
    QRadioButton *m_all;
    QRadioButton *m_some;
    QListWidget *m_tables;
    QLabel *m_tablesNote;
    QComboBox *m_detect;
    QComboBox *m_column;
    QLineEdit *m_lag;
    QComboBox *m_scope;
    QLineEdit *m_pending;
    QLineEdit *m_done;
    QLabel *m_detectNote;
    QLineEdit *m_where;
    QCheckBox *m_create;
    QComboBox *m_transaction;
    QLabel *m_error;
    AccentButton *m_save;
};

} // namespace tidemark
