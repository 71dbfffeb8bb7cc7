// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <memory>

#include <QDialog>

#include "core/config/connectionsettings.h"

class QCheckBox;
class QComboBox;
class QFormLayout;
class QLabel;
class QLineEdit;
class QPushButton;

namespace tidemark {

class AccentButton;
class Cancellation;
class Desk;

// One connection: the fields of its driver only, with a test that runs off the UI thread. The caller saves settings().
class ConnectionDialog final : public QDialog
{
    Q_OBJECT
public:
    ConnectionDialog(std::shared_ptr<Desk> desk, const ConnectionSettings &settings, QStringList takenNames,
                     QWidget *parent = nullptr);
    ~ConnectionDialog() override;
    ConnectionSettings settings() const;

protected:
    bool eventFilter(QObject *watched, QEvent *event) override;

private:
    QWidget *pathField(QLineEdit *edit, const QString &title);
    void build();
    void load(const ConnectionSettings &settings);
    void showDriver();
    void validate();
    void paste();
    void test();
    void endTest();
    QString problem() const;

    std::shared_ptr<Desk> m_desk;
    ConnectionSettings m_before; // keeps what the dialog does not show (pin, certificates)
    QStringList m_takenNames;
    std::shared_ptr<Cancellation> m_test;

    QFormLayout *m_form;
    QLineEdit *m_url;
    QLineEdit *m_name;
    QComboBox *m_driver;
    QLineEdit *m_file;
    QWidget *m_fileRow;
    QLineEdit *m_host;
    QLineEdit *m_port;
    QLineEdit *m_database;
    QLineEdit *m_schema;
    QLineEdit *m_user;
    QComboBox *m_passwordKind;
    QLineEdit *m_passwordName;
    QComboBox *m_tls;
    QLineEdit *m_ca;
    QWidget *m_caRow;
    QLineEdit *m_timeout;
    QCheckBox *m_readOnly;
    QCheckBox *m_production;
    QLabel *m_message;
    QPushButton *m_testButton;
    AccentButton *m_save;
};

} // namespace tidemark
