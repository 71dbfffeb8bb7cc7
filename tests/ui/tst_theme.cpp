// SPDX-License-Identifier: GPL-3.0-or-later
#include <QTest>

#include "ui/widgets/theme.h"

using namespace tidemark;

// The contrast of every text on every ground that it stands on, computed again (WCAG 2.1).
class TestTheme : public QObject
{
    Q_OBJECT
private Q_SLOTS:
    void contrastIsAsPromised_data();
    void contrastIsAsPromised();
    void textIsReadableOnEveryTint_data();
    void textIsReadableOnEveryTint();
    void paletteTellsItsTheme();
};

void TestTheme::contrastIsAsPromised_data()
{
    QTest::addColumn<QRgb>("front");
    QTest::addColumn<QRgb>("back");
    QTest::addColumn<double>("promised"); // of visual.md
    const auto rows = [](const char *name, const theme::Colors &c, const QList<double> &ratios) {
        const std::pair<const char *, QRgb> fronts[] = {
            {"text", c.text}, {"muted", c.muted}, {"border", c.border}, {"accent", c.accent}};
        for (int i = 0; i < 4; ++i)
            QTest::addRow("%s %s", name, fronts[i].first) << fronts[i].second << c.window << ratios.at(i);
    };
    rows("light", theme::light, {16.6, 6.4, 4.6, 6.7});
    rows("dark", theme::dark, {14.6, 7.1, 4.7, 7.9});
    QTest::newRow("black on white") << QRgb(0xff000000) << QRgb(0xffffffff) << 21.0;
}

void TestTheme::contrastIsAsPromised()
{
    QFETCH(QRgb, front);
    QFETCH(QRgb, back);
    QFETCH(double, promised);
    const double ratio = theme::contrast(front, back);
    QVERIFY2(std::abs(ratio - promised) < 0.1, qPrintable(QString::number(ratio)));
    QCOMPARE(theme::contrast(back, front), ratio);
}

void TestTheme::textIsReadableOnEveryTint_data()
{
    QTest::addColumn<QRgb>("front");
    QTest::addColumn<QRgb>("back");
    QTest::addColumn<double>("least");
    for (const auto &[name, c] : {std::pair("light", theme::light), std::pair("dark", theme::dark)}) {
        const std::pair<const char *, theme::Tint> tints[] = {{"insert", c.insert},
                                                              {"update", c.update},
                                                              {"delete", c.remove},
                                                              {"conflict", c.conflict},
                                                              {"warning", c.warning}};
        for (const auto &[kind, tint] : tints) {
            QTest::addRow("%s text on %s row", name, kind) << c.text << tint.row << 4.5;
            QTest::addRow("%s text on %s cell", name, kind) << c.text << tint.cell << 4.5;
            QTest::addRow("%s muted NULL on %s row", name, kind) << c.muted << tint.row << 4.5;
            QTest::addRow("%s %s mark on window", name, kind) << tint.mark << c.window << 4.5;
            QTest::addRow("%s %s mark on its row", name, kind) << tint.mark << tint.row << 4.5;
            QTest::addRow("%s %s mark on panel", name, kind) << tint.mark << c.panel << 4.5;
        }
        QTest::addRow("%s text on panel", name) << c.text << c.panel << 4.5;
        QTest::addRow("%s muted on panel", name) << c.muted << c.panel << 4.5;
        QTest::addRow("%s accent button", name) << c.accentText << c.accent << 4.5;
        QTest::addRow("%s production button", name) << c.accentText << c.warning.mark << 4.5;
        QTest::addRow("%s border on panel", name) << c.border << c.panel << 3.0;
    }
}

void TestTheme::textIsReadableOnEveryTint()
{
    QFETCH(QRgb, front);
    QFETCH(QRgb, back);
    QFETCH(double, least);
    const double ratio = theme::contrast(front, back);
    QVERIFY2(ratio >= least, qPrintable(QString::number(ratio)));
}

void TestTheme::paletteTellsItsTheme()
{
    QVERIFY(!theme::isDark(theme::palette(theme::light)));
    QVERIFY(theme::isDark(theme::palette(theme::dark)));
    QCOMPARE(theme::of(theme::palette(theme::dark)).window, theme::dark.window);
    QCOMPARE(theme::palette(theme::light).color(QPalette::WindowText).rgba(), theme::light.text);
}

QTEST_MAIN(TestTheme)
#include "tst_theme.moc"
