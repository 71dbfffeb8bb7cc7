// SPDX-License-Identifier: GPL-3.0-or-later
#pragma once

#include <QAbstractButton>

namespace tidemark {

// One mode to choose: its name, a sentence, and a small picture of what becomes of the rows.
class EditorMode final : public QAbstractButton
{
    Q_OBJECT
public:
    enum class Picture : quint8 { AddAndUpdate, MakeIdentical, TwoWay };
    EditorMode(Picture picture, const QString &title, const QString &sentence, QWidget *parent = nullptr);
    QSize sizeHint() const override;
    QSize minimumSizeHint() const override;
    bool hasHeightForWidth() const override { return true; }
    int heightForWidth(int width) const override;

protected:
    void paintEvent(QPaintEvent *event) override;

private:
    QRect textRect(int width) const;
    void paintPicture(QPainter &painter, const QRect &rect) const;
    Picture m_picture;
    QString m_sentence;
};

} // namespace tidemark
