//! One letter for the many that mean the same.

/// Full-width forms, dashes, tildes and brackets of real files as plain ones.
pub(super) fn plain(letter: char) -> char {
    match letter {
        '–' | '—' | '―' | '─' | '−' | '‐' | '‑' | '﹣' | '~' | '～' | '〜' | '∼' | '至' | '到' => {
            '-'
        }
        // Full-width ASCII lies at one distance from ASCII.
        '！'..='｝' => char::from_u32(letter as u32 - 0xFEE0).map_or(letter, plain),
        '【' | '〔' | '〖' | '「' | '[' | '﹙' => '(',
        '】' | '〕' | '〗' | '」' | ']' | '﹚' => ')',
        '。' | '/' | '|' => ';',
        '︰' | '∶' => ':',
        // A line break separates as a comma does: the days may stand on one line, the hours on the next.
        '\n' | '\r' => ',',
        '×' | 'x' | 'X' => '*',
        'H' => 'h',
        '週' => '周',
        '點' => '点',
        '時' => '时',
        other => other,
    }
}
