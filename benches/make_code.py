"""Code for the fences of a generated book: each function gives about 500 bytes that no other page has."""


def yaml(rng, name, say, page):
    lines = [f"# {say()}", f"name: {name()}_{page}", f"version: {rng.randint(0, 9)}.{rng.randint(0, 30)}.{rng.randint(0, 30)}", "settings:"]
    for _ in range(3):
        lines += [f"  {name()}:", f"    limit: {rng.randint(1, 9000)}", f"    enabled: {rng.choice(('true', 'false'))}", f'    label: "{name()} {rng.randint(1, 99)}"']
    lines += ["steps:"] + [f"  - run: {name()} --{name()} {rng.randint(1, 500)}" for _ in range(4)]
    return "\n".join(lines)


def python(rng, name, say, page):
    call, value, other = name(), name(), name()
    return f'''from {name()} import {name()}


class {call.title().replace("_", "")}{page}:
    """{say()}"""

    def {call}(self, {value}: str, {other}: int = {rng.randint(2, 900)}) -> dict:
        total = {rng.randint(1, 90)} * {other} + len({value})
        for number in range({rng.randint(2, 50)}):
            if number % {rng.randint(2, 9)} == 0:
                total += number  # {name()}
        return {{"{name()}": total, "{name()}": f"{{{value}}}-{{total}}"}}'''


def bash(rng, name, say, page):
    where = name()
    lines = [f"# {say()}", f"export {name().upper()}={rng.randint(1000, 9999)}", f'{where}="$HOME/{name()}/{page}"']
    lines += [f"{name()} --{name()}={rng.randint(1, 99)} --output \"${where}\" | grep -v '{name()}'" for _ in range(2)]
    lines += [f"if [ -d \"${where}\" ]; then", f"  echo \"{name()} {rng.randint(1, 999)}\"", "fi"]
    return "\n".join(lines)


def json(rng, name, say, page):
    rows = ",\n".join(
        f'    {{"{name()}": "{name()}", "count": {rng.randint(1, 100000)}, "ratio": {rng.randint(1, 999) / 1000}, "open": {rng.choice(("true", "false", "null"))}}}'
        for _ in range(4)
    )
    return f'{{\n  "id": "{name()}-{page}",\n  "about": "{say()}",\n  "items": [\n{rows}\n  ]\n}}'


CODE = {"yaml": yaml, "python": python, "bash": bash, "json": json}
