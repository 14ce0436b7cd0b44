"""In the app a model is asked only after its cost was shown, and elsewhere only with the person's consent."""

from __future__ import annotations

from tests.bargaining.test_model import SHORT, good
from tests.model_server import scripted_model

from .conftest import OpenApp
from .test_review import drawn, paste


def test_a_model_on_this_machine_words_the_report(open_app: OpenApp) -> None:
    app = paste(open_app(), SHORT)
    with scripted_model(good) as model:
        app.text_input(key="model-name").set_value(model).run()
        assert any("calls and" in caption.value for caption in app.caption)
        assert not app.checkbox
        app.button(key="model-go").click().run()
    assert not app.exception
    assert "In other words, by openai:scripted" in drawn(app)
    assert any("was asked" in line.value for line in app.markdown)


def test_a_model_elsewhere_waits_for_consent(open_app: OpenApp) -> None:
    app = paste(open_app(), SHORT)
    app.text_input(key="model-name").set_value("anthropic:some-model").run()
    assert app.button(key="model-go").disabled
    app.checkbox(key="model-consent").check().run()
    assert not app.button(key="model-go").disabled
    app.text_input(key="model-name").set_value("nonsense").run()
    assert any("PROVIDER" in error.value for error in app.error)
