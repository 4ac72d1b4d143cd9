//! Holds JSON against the shapes of the description: the part of JSON Schema 2020-12 it uses.

use serde_json::Value;

/// What is wrong with a value, each with the path to it; empty when it fits.
pub fn faults(description: &Value, schema: &Value, value: &Value) -> Vec<String> {
    let mut found = Vec::new();
    check(description, schema, value, "$", &mut found);
    found
}

/// What a reference within the description points to.
pub fn resolve<'a>(description: &'a Value, reference: &str) -> Option<&'a Value> {
    description.pointer(reference.strip_prefix('#')?)
}

fn check(description: &Value, schema: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
    if let Some(reference) = schema["$ref"].as_str() {
        let target = resolve(description, reference).unwrap_or_else(|| panic!("{reference} points nowhere"));
        return check(description, target, value, path, found);
    }
    let kind = schema["type"].as_str().unwrap_or_else(|| panic!("{path}: a shape without a type: {schema}"));
    let fits = match kind {
        "object" => value.is_object(),
        "array" => value.is_array(),
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "number" => value.is_number(),
        "boolean" => value.is_boolean(),
        other => panic!("{path}: no such type: {other}"),
    };
    if !fits {
        found.push(format!("{path} is no {kind}: {value}"));
        return;
    }
    if let Some(codes) = schema["enum"].as_array().filter(|codes| !codes.contains(value)) {
        found.push(format!("{path} is none of {codes:?}: {value}"));
    }
    if schema["minimum"].as_f64().is_some_and(|least| value.as_f64().is_some_and(|number| number < least)) {
        found.push(format!("{path} is too little: {value}"));
    }
    if schema["format"] == "date-time" && !value.as_str().is_some_and(is_date_time) {
        found.push(format!("{path} is no moment: {value}"));
    }
    for (at, item) in value.as_array().into_iter().flatten().enumerate() {
        check(description, &schema["items"], item, &format!("{path}[{at}]"), found);
    }
    check_members(description, schema, value, path, found);
}

fn check_members(description: &Value, schema: &Value, value: &Value, path: &str, found: &mut Vec<String>) {
    let Some(members) = value.as_object() else { return };
    for name in schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str) {
        if !members.contains_key(name) {
            found.push(format!("{path}.{name} is missing"));
        }
    }
    for (name, member) in members {
        let path = format!("{path}.{name}");
        let others = &schema["additionalProperties"];
        match &schema["properties"][name] {
            Value::Null if others.is_object() => {
                let names = schema["propertyNames"]["enum"].as_array();
                if names.is_some_and(|names| !names.iter().any(|known| known == name)) {
                    found.push(format!("{path} is no known name"));
                }
                check(description, others, member, &path, found);
            }
            Value::Null if others != &Value::Bool(false) => {}
            Value::Null => found.push(format!("{path} is not documented")),
            shape => check(description, shape, member, &path, found),
        }
    }
}

/// `2026-11-23T10:00:00+08:00`, the only form that is sent.
fn is_date_time(text: &str) -> bool {
    let form = "0000-00-00T00:00:00+08:00";
    text.len() == form.len()
        && text.bytes().zip(form.bytes()).all(|(is, as_in)| match as_in {
            b'0' => is.is_ascii_digit(),
            other => is == other,
        })
}
