//! Chinese text in, its syllables in pinyin without tones out.
//!
//! Most characters have one reading, and the `pinyin` crate knows it. The two tables below are for the rest: characters whose usual
//! reading in GitBook's ids is another one, and characters that are read differently in some words. They cover the words of technical
//! writing, not the language.

use pinyin::ToPinyin;

/// Usual readings that differ from the crate's, character first.
const USUAL: &str = "似si 弹tan 粘nian 调tiao 长chang 長chang 還huan 車ju 説yue 査cha 頻bin 軽qing 鉄tie 囲wei 戯xi 徴zhi 徵zhi 辺dao \
    曽zeng 麼mo 於wu 鑰yue 妳nai 匙chi 佛fo 咳hai 囤tun 嚼jiao 幀zhen 幢zhuang 摑guo 椎zhui 檻jian 煖xuan 牟mu 琢zhuo \
    綉xiu 繰qiao 缪miu 翟zhai 肋lei 茄qie 荨qian 荠qi 莞wan 蘋pin 覃qin 勒le 伺si 伽jia 嗨hei 铣xian 阚kan 靓liang 骠piao 鯖qing";

/// Words in which a character has another reading than usual: the character, the reading, the words.
const WORDS: &[(char, &str, &str)] = &[
    ('曝', "bao", "曝光"),
    ('剥', "bao", "剥离"),
    ('秘', "bi", "秘鲁"),
    ('薄', "bo", "薄弱 单薄 薄荷"),
    ('参', "cen", "参差"),
    ('差', "chai", "出差 差遣"),
    ('单', "chan", "单于"),
    ('重', "chong", "重新 重复 重试 重启 重建 重叠 重现 重印 重播 重返 重申 重合 双重 二重 三重 多重"),
    ('差', "ci", "参差"),
    ('伺', "ci", "伺候"),
    ('弹', "dan", "炸弹 子弹 弹药"),
    ('得', "dei", "总得"),
    ('提', "di", "提防"),
    ('的', "di", "的确 目的 标的 有的放矢 的士"),
    ('调', "diao", "调用 调度 调查 调研 调换 调取 强调 声调 音调 语调 曲调 步调"),
    ('都', "du", "首都 成都 都市 建都"),
    ('度', "duo", "揣度"),
    ('佛', "fu", "仿佛"),
    ('行', "hang", "本行 一行 二行 两行 三行 四行 五行 六行 七行 八行 九行 十行 几行 多行 单行"),
    ('行', "hang", "银行 行业 行列 同行 换行 行号 行首 行尾 行高 行距 行情 行家 内行 外行 商行 支行 行末"),
    ('吓', "he", "恐吓"),
    ('还', "huan", "还原 归还 返还 偿还 退还 交还"),
    ('和', "huo", "暖和"),
    ('奇', "ji", "奇数 奇偶"),
    ('给', "ji", "给予 供给 补给 自给 配给"),
    ('强', "jiang", "倔强"),
    ('校', "jiao", "校验 校对 校准 校正"),
    ('觉', "jiao", "睡觉"),
    ('角', "jue", "角色 主角 配角 角逐"),
    ('会', "kuai", "会计"),
    ('了', "liao", "了解 了结 不了 了如指掌 一目了然 终了"),
    ('露', "lou", "泄露 露面"),
    ('埋', "man", "埋怨"),
    ('没', "mo", "沉没 没收 淹没 埋没 出没"),
    ('模', "mu", "模板 模样 模具"),
    ('便', "pian", "便宜"),
    ('壳', "qiao", "地壳"),
    ('塞', "se", "堵塞 阻塞"),
    ('栅', "shan", "栅格"),
    ('参', "shen", "人参"),
    ('似', "shi", "似的"),
    ('匙', "shi", "钥匙"),
    ('率', "shuai", "率领 草率 率直"),
    ('说', "shui", "游说"),
    ('数', "shuo", "数数"),
    ('厦', "xia", "厦门"),
    ('降', "xiang", "投降"),
    ('削', "xiao", "削除"),
    ('省', "xing", "反省"),
    ('乐', "yue", "音乐"),
    ('扎', "za", "包扎"),
    ('藏', "zang", "西藏 宝藏"),
    ('长', "zhang", "成长 增长 生长 助长 长大 年长 长者 长老 校长 部长 家长 市长 首长 院长 会长 队长 组长"),
    ('着', "zhao", "着火 睡着"),
    ('传', "zhuan", "传记 自传"),
    ('着', "zhuo", "着重 着手 着陆 着色 附着 着想 执着"),
    ('仔', "zi", "仔细"),
];

/// Whether `text` has a Han character of the common block.
pub fn occurs_in(text: &str) -> bool {
    text.chars().any(is_common)
}

/// `text` with a syllable for each Han character, separated by spaces; of the rest only `A-Z a-z 0-9 . _ +` and spaces are kept.
///
/// A single letter loses the spaces around it, also when it is a syllable or what `ü` leaves of one: `余额查询` becomes `yuecha xun`,
/// `过滤条件` becomes `guoltiao jian`. Published ids are like that.
pub fn romanize(text: &str) -> String {
    let text: Vec<char> = text.chars().collect();
    let mut out = String::with_capacity(text.len() * 5);
    let mut in_syllable = true;
    for (at, &c) in text.iter().enumerate() {
        let syllable = syllable(&text, at);
        if at > 0 && (in_syllable || syllable.is_some()) {
            out.push(' ');
        }
        in_syllable = syllable.is_some();
        match syllable {
            Some(letters) => out.extend(letters.chars().filter(char::is_ascii)),
            None if c.is_ascii_alphanumeric() || matches!(c, ' ' | '.' | '_' | '+') => out.push(c),
            None => {}
        }
    }
    glue_single_letters(&out)
}

fn is_common(c: char) -> bool {
    matches!(c, '\u{4e00}'..='\u{9fa5}')
}

fn syllable(text: &[char], at: usize) -> Option<&'static str> {
    let c = text[at];
    if !is_common(c) && c != '〇' {
        return None;
    }
    let in_word = WORDS
        .iter()
        .filter(|(of, ..)| *of == c)
        .find(|(.., words)| words.split(' ').any(|word| covers(word, text, at)));
    in_word.map(|(_, reading, _)| *reading).or_else(|| usual(c)).or_else(|| c.to_pinyin().map(|pinyin| pinyin.plain()))
}

fn usual(c: char) -> Option<&'static str> {
    let (_, from) = USUAL.split_once(c)?;
    from.split(' ').next()
}

/// Whether `word` stands in `text` with one of its characters at `at`.
fn covers(word: &str, text: &[char], at: usize) -> bool {
    let offsets = word.chars().enumerate().filter(|(_, c)| *c == text[at]).map(|(offset, _)| offset);
    let mut starts = offsets.filter_map(|offset| at.checked_sub(offset));
    starts.any(|start| {
        let mut rest = text[start..].iter();
        word.chars().all(|c| rest.next() == Some(&c))
    })
}

/// Takes the spaces away around a single letter, except behind `1` to `4`, where a tone number might have stood.
fn glue_single_letters(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        out.push(first);
        rest = &rest[first.len_utf8()..];
        if let [b' ', letter, b' ', ..] = rest.as_bytes()
            && letter.is_ascii_alphabetic()
            && !matches!(first, '1'..='4')
        {
            out.push(char::from(*letter));
            rest = &rest[3..];
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(pairs: &[(&str, &str)]) {
        for (text, expected) in pairs {
            assert_eq!(romanize(text).split_whitespace().collect::<Vec<_>>().join(" "), *expected, "{text}");
        }
    }

    #[test]
    fn one_syllable_for_each_character() {
        check(&[
            ("知识库配置", "zhi shi ku pei zhi"),
            ("開発", "kai fa"),
            ("第〇章", "di ling zhang"),
            ("策略", "ce le"),
            ("女", "n"),
        ]);
    }

    #[test]
    fn readings_depend_on_the_word() {
        check(&[
            ("调用与调试", "diao yong yu tiao shi"),
            ("重新设置权重", "chong xin she zhi quan zhong"),
            ("行业 银行 执行 可行", "hang ye yin hang zhi xing ke xing"),
            ("长度 成长 长", "chang du cheng zhang chang"),
            ("模板 模型", "mu ban mo xing"),
            ("还原 还是", "huan yuan hai shi"),
            ("了解 完成了", "liao jie wan cheng le"),
            ("角色 角度", "jue se jiao du"),
            ("参差 参数", "cen ci can shu"),
            ("設定説明", "she ding yue ming"),
        ]);
    }

    #[test]
    fn punctuation_goes_without_a_gap() {
        check(&[
            ("5. 连接", "5. lian jie"),
            ("a-b/c 中", "abc zhong"),
            ("“v1.0”、node_a（C++）中", "v1.0node_aC++ zhong"),
            ("中…国", "zhong guo"),
            ("中é、a\u{a0}b", "zhong ab"),
        ]);
    }

    #[test]
    fn single_letters_are_glued_to_what_stands_before() {
        check(&[
            ("余额查询", "yuecha xun"),
            ("过滤条件", "guoltiao jian"),
            ("过滤", "guo l"),
            ("选A股票", "xuanAgu piao"),
            ("用 C 语言", "yong C yu yan"),
            ("配 A B 中", "pei AB zhong"),
            ("第 3 a 中", "di 3 a zhong"),
        ]);
    }

    #[test]
    fn han_is_found() {
        for (text, expected) in
            [("中", true), ("a中b", true), ("〇", false), ("ー", false), ("한", false), ("abc", false)]
        {
            assert_eq!(occurs_in(text), expected, "{text}");
        }
    }

    #[test]
    fn the_tables_are_well_formed() {
        for entry in USUAL.split(' ') {
            let mut chars = entry.chars();
            assert!(chars.next().is_some_and(is_common) && chars.next().is_some(), "{entry}");
            assert!(chars.all(|c| c.is_ascii_lowercase()), "{entry}");
        }
        for (c, reading, words) in WORDS {
            assert!(reading.chars().all(|c| c.is_ascii_lowercase()), "{c}");
            assert!(words.split(' ').all(|word| word.contains(*c)), "{c}: {words}");
        }
    }
}
