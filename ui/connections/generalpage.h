// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include "ui/connections/connectionpage.h"

class QCheckBox;
class QComboBox;
class QTimer;

namespace tidemark {

class PathField;

// Name, database system, where it is, who comes, and what the connection may be used for.
class GeneralPage final : public ConnectionPage
{
    Q_OBJECT
public:
    explicit GeneralPage(QWidget *parent);
    void load(const ConnectionDraft &draft) override;
    void store(ConnectionDraft &draft) const override;
    void follow(const ConnectionDraft &draft) override;
    void setKeychain(bool available); // as soon as it is known
    void setPasswordKind(PasswordSource::Kind kind);
    bool passwordKindTouched() const { return m_kindTouched; }

private:
    void buildPlace();
    void buildService(); // generalservice.cpp
    void followService(const ConnectionDraft &draft);
    void buildPassword();
    void buildMarks();
    void followPassword(const ConnectionDraft &draft);
    void lookAtFile();
    QCheckBox *mark(const QString &text, const QString &meaning);

    TextField *m_name;
    QComboBox *m_driver;
    PathField *m_file;
    QCheckBox *m_create;
    TextField *m_host, *m_port, *m_database, *m_schema, *m_user;
    TextField *m_url, *m_header; // of a web service
    QCheckBox *m_clearText;
    QComboBox *m_auth;
    HttpSettings m_service; // as it came
    QComboBox *m_kind;
    TextField *m_secret, *m_variable;
    PathField *m_passwordFile;
    TextField *m_timeout;
    QCheckBox *m_readOnly, *m_production;
    QTimer *m_look; // at the file, once typing rests
    QString m_keychainKey;
    bool m_secretStored = false;
    bool m_absent = false; // the file
    bool m_kindTouched = false;
    std::optional<bool> m_hasKeychain;
};

} // namespace tidemark
